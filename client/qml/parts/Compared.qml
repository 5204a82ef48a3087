pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// One of two facts that do not agree: where it is from, what it says.
Rectangle {
    id: root

    property string said: ""
    property string big: ""
    property string under: ""
    property string glyph: "box"
    property bool doubted: false

    implicitHeight: told.implicitHeight + 28
    radius: Theme.radius
    color: doubted ? Theme.askSoft : Theme.surface
    border.width: doubted ? 3 : Theme.thin
    border.color: doubted ? Theme.askText : Theme.edge

    ColumnLayout {
        id: told
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: 14
        spacing: 2

        RowLayout {
            spacing: 8

            Icon {
                name: root.glyph
                size: 22
                color: root.doubted ? Theme.askText : Theme.ink2
            }

            Words {
                Layout.fillWidth: true
                text: root.said
                bold: true
                color: root.doubted ? Theme.askText : Theme.ink2
            }
        }

        Words {
            Layout.fillWidth: true
            text: root.big
            bold: true
            size: root.big.length > 4 ? Theme.question : Theme.scaled(48)
        }

        Words {
            Layout.fillWidth: true
            visible: text !== ""
            text: root.under
            bold: true
            size: Theme.strong
        }
    }
}
