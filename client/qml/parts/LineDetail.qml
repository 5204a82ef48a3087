pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// All of one line: ordered, received, to come, each scan with its time, where it goes, the symbol as it was read.
ColumnLayout {
    id: root

    required property LineFacts line
    readonly property bool roomy: width >= 500 * Theme.textScale
    readonly property bool wide: width >= 620 * Theme.textScale

    spacing: 12

    RowLayout {
        spacing: 12
        Layout.fillWidth: true

        ColumnLayout {
            spacing: 2
            Layout.fillWidth: true

            Words {
                Layout.fillWidth: true
                text: root.line.name
                bold: true
                size: Theme.scaled(24)
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.line.code
                color: Theme.ink2
            }
        }

        Badge {
            visible: text !== ""
            text: root.line.badge
            glyph: root.line.badgeTone === "ok" ? "check" : root.line.badgeTone === "ask" ? "question" : "cross"
            tone: root.line.badgeTone
        }
    }

    component Fact: ColumnLayout {
        id: fact
        property string label: ""
        property string value: ""
        property color ink: Theme.ink

        spacing: 0
        Layout.fillWidth: true
        Layout.preferredWidth: 100

        Words {
            Layout.fillWidth: true
            text: fact.label
            color: Theme.ink2
        }

        Words {
            Layout.fillWidth: true
            text: fact.value
            bold: true
            size: fact.value.length > 6 ? Theme.quantity : Theme.figure
            color: fact.ink
        }
    }

    Card {
        Layout.fillWidth: true
        implicitHeight: facts.implicitHeight + 24

        GridLayout {
            columns: root.width < 250 * Theme.textScale ? 1 : 3
            id: facts
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: 20
            columnSpacing: 12
            rowSpacing: 4

            Fact {
                visible: root.line.ordered !== ""
                label: root.line.orderedLabel
                value: root.line.ordered
            }

            Fact {
                label: root.line.doneLabel
                value: root.line.received
                ink: Theme.okText
            }

            Fact {
                visible: root.line.ordered !== ""
                label: qsTr("to come")
                value: root.line.toCome
            }
        }
    }

    Card {
        visible: scans.count > 0
        Layout.fillWidth: true
        implicitHeight: told.implicitHeight

        ColumnLayout {
            id: told
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.leftMargin: 20
            anchors.rightMargin: 20
            spacing: 0

            Repeater {
                id: scans
                // On a handheld most lines are never opened.
                model: root.visible ? root.line.scans : null

                Item {
                    id: scan
                    required property int index
                    required property string key
                    required property string at
                    required property string number
                    required property string lot
                    required property string expiry

                    Layout.fillWidth: true
                    implicitHeight: Math.max(64, row.implicitHeight + 20)

                    Rectangle {
                        visible: scan.index > 0
                        width: parent.width
                        height: Theme.thin
                        color: Theme.hair
                    }

                    GridLayout {
                        id: row
                        anchors.left: parent.left
                        anchors.right: parent.right
                        anchors.verticalCenter: parent.verticalCenter
                        columnSpacing: root.roomy ? 16 : 10
                        rowSpacing: 0

                        Words {
                            text: scan.at
                            color: Theme.ink2
                        }

                        Words {
                            text: scan.number
                            bold: true
                            size: Theme.strong
                            Layout.preferredWidth: Math.max(70, implicitWidth)
                        }

                        GridLayout {
                            columns: root.wide ? 2 : 1
                            columnSpacing: 20
                            rowSpacing: 0
                            Layout.fillWidth: true

                            Words {
                                Layout.fillWidth: !root.wide
                                visible: text !== ""
                                text: scan.lot
                                bold: true
                            }

                            Words {
                                Layout.fillWidth: true
                                Layout.minimumWidth: implicitWidth
                                text: scan.expiry
                            }
                        }

                        RowLayout {
                            visible: root.line.canUndo
                            spacing: 10
                            Layout.row: root.roomy ? 0 : 1
                            Layout.column: root.roomy ? 3 : 0
                            Layout.columnSpan: root.roomy ? 1 : 3
                            Layout.alignment: Qt.AlignRight

                            Pressable {
                                id: other
                                objectName: "changeScan"
                                visible: root.line.canUndo
                                text: qsTr("Change")
                                Accessible.description: scan.number
                                rimWidth: 0
                                raised: false
                                leftPadding: 8
                                rightPadding: 8
                                onClicked: root.line.fix(scan.key)

                                contentItem: Words {
                                    text: other.text
                                    bold: true
                                    color: Theme.actText
                                    verticalAlignment: Text.AlignVCenter
                                }
                            }

                            Pressable {
                                id: back
                                objectName: "undoScan"
                                visible: root.line.canUndo
                                text: qsTr("Undo")
                                Accessible.description: scan.number
                                rimWidth: 0
                                raised: false
                                leftPadding: 8
                                rightPadding: 8
                                onClicked: root.line.undo(scan.key)

                                contentItem: RowLayout {
                                    spacing: 8

                                    Icon {
                                        visible: root.roomy
                                        name: "undo"
                                        color: Theme.actText
                                    }

                                    Words {
                                        text: back.text
                                        bold: true
                                        color: Theme.actText
                                    }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    RowLayout {
        visible: root.line.putIn !== ""
        spacing: 12
        Layout.fillWidth: true

        Icon {
            name: "shelf"
            size: 28
            color: Theme.actText
        }

        Words {
            Layout.fillWidth: true
            text: root.line.putIn
            bold: true
            size: Theme.body
        }

        Words {
            visible: text !== ""
            text: root.line.then
            color: Theme.ink2
        }
    }

    Rectangle {
        visible: root.line.raw !== ""
        Layout.fillWidth: true
        implicitHeight: Math.max(56, raw.implicitHeight + 20)
        radius: Theme.keyRadius
        color: Theme.sunken

        RowLayout {
            id: raw
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.margins: 14
            spacing: 14

            Icon {
                name: "scan"
                size: 28
                color: Theme.ink2
            }

            Words {
                Layout.fillWidth: true
                text: root.line.raw
                anywhere: true
                wrapMode: Text.WrapAnywhere
            }
        }
    }
}
