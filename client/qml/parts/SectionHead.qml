pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Names the rows below it; at the end how many or how far.
Rectangle {
    id: root

    required property string title
    property string detail: ""

    implicitHeight: Math.max(40, words.implicitHeight + 16)
    color: Theme.sunken
    Accessible.role: Accessible.Heading
    Accessible.name: [title, detail].filter(part => part !== "").join(", ")

    RowLayout {
        id: words
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 12

        Words {
            Layout.fillWidth: true
            text: root.title
            bold: true
        }

        Words {
            visible: text !== ""
            Layout.maximumWidth: root.width / 2
            text: root.detail
            color: Theme.ink2
            horizontalAlignment: Text.AlignRight
        }
    }
}
