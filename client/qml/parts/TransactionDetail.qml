pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// One transaction: the card when it was refused, else its state and Odoo's number; its lines; its story.
ColumnLayout {
    id: root

    required property TransactionFacts entry

    spacing: 14

    ExceptionCard {
        visible: root.entry.refused
        document: root.entry.document
        title: root.entry.title
        detail: root.entry.detail
        lines: root.entry.refused ? root.entry.lines : null
        Layout.fillWidth: true

        Repeater {
            model: root.entry.refused ? root.entry.ways : null

            Choice {
                required property string command
                required property string title
                required property string below
                required property string picture
                required property bool barred

                objectName: "way"
                text: title
                detail: below
                glyph: picture
                locked: barred
                Layout.fillWidth: true
                onClicked: root.entry.settle(command)
            }
        }
    }

    ColumnLayout {
        visible: !root.entry.refused
        spacing: 8
        Layout.fillWidth: true

        Badge {
            text: root.entry.state
            glyph: root.entry.stateGlyph
            tone: root.entry.stateTone
        }

        Words {
            Layout.fillWidth: true
            text: root.entry.title
            bold: true
            size: Theme.title
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.entry.document
            size: Theme.body
            bold: true
            color: Theme.actText
        }

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.entry.detail
            color: Theme.ink2
        }
    }

    Card {
        visible: !root.entry.refused && lines.count > 0
        Layout.fillWidth: true
        implicitHeight: rows.implicitHeight

        ColumnLayout {
            id: rows
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: 16
            anchors.rightMargin: 16
            spacing: 0

            Repeater {
                id: lines
                model: root.entry.lines

                Item {
                    id: line
                    required property int index
                    required property string name
                    required property string detail
                    required property string number

                    Layout.fillWidth: true
                    implicitHeight: Math.max(64, what.implicitHeight + 20)

                    Rectangle {
                        visible: line.index > 0
                        width: parent.width
                        height: Theme.thin
                        color: Theme.hair
                    }

                    RowLayout {
                        id: what
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        spacing: 12

                        ColumnLayout {
                            spacing: 0
                            Layout.fillWidth: true

                            Words {
                                Layout.fillWidth: true
                                text: line.name
                                bold: true
                            }

                            Words {
                                Layout.fillWidth: true
                                visible: text !== ""
                                text: line.detail
                                color: Theme.ink2
                            }
                        }

                        Words {
                            text: line.number
                            bold: true
                            size: Theme.quantity
                            wrapMode: Text.NoWrap
                        }
                    }
                }
            }
        }
    }

    Repeater {
        model: root.entry.refused ? null : root.entry.ways

        Choice {
            required property string command
            required property string title
            required property string below
            required property string picture
            required property bool barred

            objectName: "way"
            text: title
            detail: below
            glyph: picture
            locked: barred
            Layout.fillWidth: true
            onClicked: root.entry.settle(command)
        }
    }

    Words {
        text: qsTr("Its story")
        bold: true
        size: Theme.body
        Layout.topMargin: 8
    }

    Repeater {
        model: root.entry.story

        RowLayout {
            id: step
            required property string at
            required property string told
            required property string picture
            required property string tone

            spacing: 12
            Layout.fillWidth: true

            Icon {
                name: step.picture
                size: 22
                color: step.tone === "" ? Theme.ink2 : Theme.textOn(step.tone)
            }

            Words {
                text: step.at
                bold: true
            }

            Words {
                Layout.fillWidth: true
                text: step.told
            }
        }
    }
}
