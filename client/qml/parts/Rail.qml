pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ".."

// The pages of the desktop, one press away.
Rectangle {
    id: root

    required property string page
    property int refused: 0
    // Large letters in a low window: the drawings leave the six the room.
    readonly property bool tight: Theme.textScale > 1 && height < 6 * (Theme.grown(32) + Theme.scaled(16) * 1.2 + 24) + 12
    signal go(string page)

    implicitWidth: Math.max(Theme.rail, entries.implicitWidth + 16)
    color: Theme.sunken

    Rectangle {
        anchors.right: parent.right
        width: Theme.thin
        height: parent.height
        color: Theme.hair
    }

    component Entry: T.AbstractButton {
        id: entry

        required property string where
        required property string glyph
        property int count: 0
        readonly property bool here: root.page === where
        readonly property color ink: here ? Theme.mainInk : Theme.ink

        Layout.fillWidth: true
        implicitWidth: Math.max(88, implicitContentWidth + 8)
        implicitHeight: Math.max(80, implicitContentHeight + 16)
        focusPolicy: Qt.TabFocus
        checked: here
        Accessible.name: text
        Keys.onReturnPressed: entry.click()
        Keys.onEnterPressed: entry.click()
        onClicked: root.go(where)

        background: Rectangle {
            radius: Theme.radius
            color: entry.here ? Theme.main : entry.down ? Theme.actSoft : Theme.sunken

            FocusRing {
                control: entry
            }
        }

        contentItem: Item {
            implicitWidth: words.implicitWidth
            implicitHeight: words.implicitHeight

            ColumnLayout {
                id: words
                anchors.centerIn: parent
                spacing: 4

                Icon {
                    name: entry.glyph
                    size: root.tight ? 20 : 32
                    color: entry.ink
                    Layout.alignment: Qt.AlignHCenter
                }

                Words {
                    text: entry.text
                    bold: entry.here
                    color: entry.ink
                    Layout.alignment: Qt.AlignHCenter
                }
            }

            Rectangle {
                visible: entry.count > 0
                anchors.horizontalCenter: parent.horizontalCenter
                anchors.horizontalCenterOffset: Theme.grown(32) / 2 + 4
                y: -2
                width: Math.max(26, number.implicitWidth + 14)
                height: Math.max(24, number.implicitHeight + 4)
                radius: 6
                color: Theme.no
                border.width: 1
                border.color: Theme.sunken

                Words {
                    id: number
                    anchors.centerIn: parent
                    text: entry.count
                    bold: true
                    color: Theme.noInk
                }
            }
        }
    }

    ColumnLayout {
        id: entries
        anchors.horizontalCenter: parent.horizontalCenter
        y: 12
        spacing: 4

        Entry {
            objectName: "railHome"
            where: "home"
            glyph: "home"
            text: qsTr("Home")
        }

        Entry {
            objectName: "railReceive"
            where: "receive"
            glyph: "receive"
            text: qsTr("Receive")
        }

        Entry {
            objectName: "railMove"
            where: "move"
            glyph: "move"
            text: qsTr("Move")
        }

        Entry {
            objectName: "railCount"
            where: "count"
            glyph: "count"
            text: qsTr("Count")
        }

        Entry {
            objectName: "railLook"
            where: "look"
            glyph: "search"
            text: qsTr("Look up")
        }

        Entry {
            objectName: "railOutbox"
            where: "outbox"
            glyph: "outbox"
            text: qsTr("Outbox")
            count: root.refused
        }
    }
}
