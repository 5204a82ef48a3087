pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Where am I: back or mark, title and place, sync badge, person. Where letters are too large for one row, the title
// stands below the buttons.
Rectangle {
    id: root

    required property string title
    required property string place
    required property string person
    required property string initials
    required property string role
    property bool backward: false
    // With nothing to press beside it the title needs no row of its own.
    readonly property bool below: Theme.cramped && (backward || badge.visible || root.person !== "")
    property alias badge: badge
    signal back()
    signal outbox()
    signal people()

    implicitHeight: Math.max(Theme.header, Theme.cramped ? row.implicitHeight + (below ? 4 : 8) : words.implicitHeight + 16)
    color: Theme.head

    TextMetrics {
        id: word
        text: root.title.split(/[ \u00ad]/).reduce((longest, one) => one.length > longest.length ? one : longest, "")
        font.pixelSize: Theme.title
        font.weight: Font.Bold
    }

    Rectangle {
        visible: Theme.contrast
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: Theme.hair
    }

    GridLayout {
        id: row
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.rightMargin: 8
        anchors.verticalCenter: parent.verticalCenter
        anchors.verticalCenterOffset: root.below ? 1 : 0
        height: Theme.cramped ? implicitHeight : parent.height  // of two rows the header has the height, not they its
        columnSpacing: 8
        rowSpacing: root.below ? 4 : 0

        Pressable {
            id: back
            objectName: "back"
            visible: root.backward
            text: qsTr("Back")
            face: Theme.head
            pressedFace: Theme.headChip
            rimWidth: 0
            raised: false
            ring: Theme.headInk
            ringInside: true
            Layout.row: 0
            Layout.column: 0
            Layout.preferredWidth: 56
            Layout.fillHeight: !Theme.cramped
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
            Layout.row: 0
            Layout.column: 0
            Layout.leftMargin: 16
            Layout.rightMargin: 6
        }

        ColumnLayout {
            id: words
            spacing: 1
            Layout.row: root.below ? 1 : 0
            Layout.column: root.below ? 0 : 1
            Layout.columnSpan: root.below ? 4 : 1
            Layout.leftMargin: root.below ? 16 : 0
            Layout.fillWidth: true

            Words {
                objectName: "title"
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
                visible: text !== "" && !Theme.cramped
                text: root.place
                color: Theme.headInk
            }
        }

        Item {
            visible: root.below
            Layout.row: 0
            Layout.column: 1
            Layout.fillWidth: true
        }

        SyncBadge {
            id: badge
            objectName: "syncBadge"
            unsent: 0
            refused: 0
            since: ""
            ring: ink
            ringInside: true
            // The title is not broken within a word: the badge gives way.
            brief: Theme.narrow || word.advanceWidth > root.width - whole - (person.visible ? 64 : 0) - (root.backward ? 56 : 54) - 32
            Layout.row: 0
            Layout.column: 2
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
            ring: Theme.headInk
            ringInside: true
            rounding: 28
            padding: 0
            Layout.row: 0
            Layout.column: 3
            Layout.preferredHeight: Math.max(56, implicitHeight)
            Layout.rightMargin: Theme.railed ? 4 : 0
            onClicked: root.people()

            contentItem: RowLayout {
                spacing: 8

                Item {
                    Layout.preferredWidth: 56
                    Layout.preferredHeight: 56

                    Rectangle {
                        anchors.centerIn: parent
                        width: person.activeFocus ? 42 : 48
                        height: width
                        radius: width / 2
                        color: Theme.headInk

                        Words {
                            anchors.centerIn: parent
                            text: root.initials
                            bold: true
                            size: Math.min(Theme.body, 20)
                            color: Theme.head
                        }
                    }
                }

                ColumnLayout {
                    visible: Theme.railed
                    spacing: 1
                    Layout.rightMargin: 16

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
    }
}
