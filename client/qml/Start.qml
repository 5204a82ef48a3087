pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// This device is not connected yet: what to do, and the practice ward.
Item {
    id: root

    required property Shell shell
    readonly property int column: Math.min(width, Theme.column)

    Flickable {
        id: body
        anchors.top: parent.top
        anchors.bottom: practice.top
        anchors.horizontalCenter: parent.horizontalCenter
        width: root.column
        contentHeight: told.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: told
            x: Theme.margin
            y: Theme.margin + (Theme.split ? 24 : 0)
            width: body.width - 2 * Theme.margin
            spacing: 12

            Words {
                objectName: "question"
                Layout.fillWidth: true
                text: qsTr("This device is not connected yet")
                bold: true
                size: Theme.question
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Words {
                Layout.fillWidth: true
                text: qsTr("Your administrator connects it to Odoo once, with this command:")
                size: Theme.body
                color: Theme.ink2
            }

            Rectangle {
                Layout.fillWidth: true
                Layout.topMargin: 4
                implicitHeight: command.implicitHeight + 32
                radius: Theme.radius
                color: Theme.sunken

                Words {
                    id: command
                    anchors.left: parent.left
                    anchors.right: parent.right
                    anchors.verticalCenter: parent.verticalCenter
                    anchors.margins: 16
                    text: root.shell.enrolCommand
                    size: Theme.body
                    bold: true
                    anywhere: true
                }
            }

            Words {
                Layout.fillWidth: true
                text: qsTr("Then start Wardstock again. Nothing is sent to anyone before that.")
                size: Theme.body
                color: Theme.ink2
            }
        }
    }

    Pressable {
        id: practice
        objectName: "practice"
        anchors.bottom: parent.bottom
        width: parent.width
        implicitHeight: Math.max(96, implicitContentHeight + 40)
        text: qsTr("Practice ward")
        Accessible.description: detail.text
        face: Theme.pracSoft
        pressedFace: Theme.surface
        rimWidth: 0
        rounding: 0
        raised: false
        leftPadding: Math.max(16, (root.width - root.column) / 2 + 16)
        rightPadding: leftPadding
        onClicked: root.shell.practise()

        Rectangle {
            width: parent.width
            height: 2
            color: Theme.pracText
        }

        contentItem: RowLayout {
            spacing: 14

            Rectangle {
                implicitWidth: 56
                implicitHeight: 56
                radius: Theme.radius
                color: Theme.prac

                Icon {
                    anchors.centerIn: parent
                    name: "practice"
                    size: 36
                    color: Theme.pracInk
                }
            }

            ColumnLayout {
                spacing: 1
                Layout.fillWidth: true

                Words {
                    Layout.fillWidth: true
                    text: practice.text
                    bold: true
                    size: Theme.strong
                    color: Theme.pracText
                }

                Words {
                    id: detail
                    Layout.fillWidth: true
                    text: qsTr("Try everything, nothing is real.")
                }
            }

            Icon {
                name: "forward"
                size: 28
                color: Theme.pracText
            }
        }
    }
}
