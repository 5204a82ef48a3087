pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// A refused transaction: what happened, its facts and lines, and the ways out.
Rectangle {
    id: root

    required property string document
    required property string title
    required property string detail
    property var lines: null
    default property alias ways: ways.data

    implicitHeight: told.implicitHeight + 28
    radius: Theme.radius
    color: Theme.no
    Accessible.role: Accessible.Grouping
    Accessible.name: title

    Rectangle {
        anchors.fill: parent
        anchors.margins: 2
        anchors.leftMargin: 12
        radius: Theme.radius - 2
        color: Theme.surface
    }

    ColumnLayout {
        id: told
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.leftMargin: 28
        anchors.rightMargin: 16
        anchors.topMargin: 16
        spacing: 9

        GridLayout {
            columns: Theme.cramped ? 1 : 2
            columnSpacing: 10
            rowSpacing: 4

            Badge {
                text: qsTr("Refused")
                glyph: "cross"
                tone: "no"
                solid: true
            }

            Words {
                Layout.fillWidth: true
                text: root.document
                color: Theme.ink2
            }
        }

        Words {
            Layout.fillWidth: true
            text: root.title
            bold: true
            size: Theme.title
        }

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.detail
        }

        Repeater {
            model: root.lines

            Rectangle {
                id: line
                required property string name
                required property string detail
                required property string number

                Layout.fillWidth: true
                implicitHeight: Math.max(60, what.implicitHeight + 20)
                radius: Theme.keyRadius
                color: Theme.sunken

                RowLayout {
                    id: what
                    anchors.fill: parent
                    anchors.leftMargin: 12
                    anchors.rightMargin: 14
                    spacing: 10

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

        ColumnLayout {
            id: ways
            Layout.fillWidth: true
            spacing: 9
        }
    }
}
