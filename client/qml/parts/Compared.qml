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
    readonly property int inset: Theme.close ? 10 : 14

    implicitHeight: told.implicitHeight + 2 * inset
    radius: Theme.radius
    color: doubted ? Theme.askSoft : Theme.surface
    border.width: doubted ? 3 : Theme.thin
    border.color: doubted ? Theme.askText : Theme.edge

    ColumnLayout {
        id: told
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.top: parent.top
        anchors.margins: root.inset
        spacing: 2

        RowLayout {
            spacing: Theme.close ? 4 : 8

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
