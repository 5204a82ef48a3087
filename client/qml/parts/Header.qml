pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Where am I: back or mark, title and place, sync badge, person.
Rectangle {
    id: root

    required property string title
    required property string place
    required property string person
    required property string initials
    required property string role
    property bool backward: false
    property alias badge: badge
    signal back()
    signal outbox()
    signal people()

    implicitHeight: Math.max(Theme.header, words.implicitHeight + 16)
    color: Theme.head

    Rectangle {
        visible: Theme.contrast
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: Theme.hair
    }

    RowLayout {
        anchors.fill: parent
        anchors.rightMargin: 8
        spacing: 8

        Pressable {
            id: back
            visible: root.backward
            text: qsTr("Back")
            face: Theme.head
            pressedFace: Theme.headChip
            rimWidth: 0
            raised: false
            Layout.preferredWidth: 56
            Layout.fillHeight: true
            onClicked: root.back()

            contentItem: Item {
                Icon {
                    anchors.centerIn: parent
                    name: "back"
                    size: 28
                    color: Theme.headInk
                }
            }
        }

        Mark {
            visible: !root.backward
            Layout.leftMargin: 16
            Layout.rightMargin: 6
        }

        ColumnLayout {
            id: words
            spacing: 1
            Layout.fillWidth: true

            Words {
                Layout.fillWidth: true
                text: root.title
                bold: true
                size: Theme.title
                color: Theme.headInk
                Accessible.role: Accessible.Heading
                Accessible.name: text
            }

            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.place
                color: Theme.headInk
            }
        }

        SyncBadge {
            id: badge
            unsent: 0
            refused: 0
            since: ""
            Layout.preferredHeight: Math.max(56, implicitHeight)
            onClicked: root.outbox()
        }

        Pressable {
            id: person
            objectName: "person"
            visible: root.initials !== ""
            text: [root.person, root.role].filter(part => part !== "").join(", ")
            Accessible.description: qsTr("Change who works here")
            face: Theme.head
            pressedFace: Theme.headChip
            rimWidth: 0
            raised: false
            padding: 0
            Layout.preferredWidth: 56
            Layout.preferredHeight: 56
            onClicked: root.people()

            contentItem: Item {
                Rectangle {
                    anchors.centerIn: parent
                    width: 48
                    height: 48
                    radius: 24
                    color: Theme.contrast ? "#FFFFFF" : Theme.headInk

                    Words {
                        anchors.centerIn: parent
                        text: root.initials
                        bold: true
                        size: Math.min(Theme.body, 20)
                        color: Theme.contrast ? "#000000" : Theme.head
                    }
                }
            }
        }

        ColumnLayout {
            visible: Theme.railed && root.person !== ""
            spacing: 1
            Layout.rightMargin: 12

            Words {
                text: root.person
                bold: true
                color: Theme.headInk
            }

            Words {
                text: root.role
                color: Theme.headInk
            }
        }
    }
}
