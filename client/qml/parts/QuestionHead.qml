pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The second loudest: one sentence that says what comes next, and what else is accepted.
Item {
    id: root

    required property string title
    required property string hint
    property bool tight: false
    readonly property bool long: title.length > 26

    implicitHeight: Theme.split ? Math.max(104, words.implicitHeight + 32) : words.implicitHeight + 2 * (tight ? 6 : Theme.narrow ? 10 : Theme.air)

    ColumnLayout {
        id: words
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 4

        Words {
            objectName: "question"
            Layout.fillWidth: true
            text: root.title
            bold: true
            size: root.tight ? Theme.strong : Math.min(Theme.question, root.long ? Theme.scaled(26) : 999)
            Accessible.role: Accessible.Heading
            Accessible.name: text
        }

        Words {
            Layout.fillWidth: true
            visible: text !== "" && !root.tight
            text: root.hint
            size: Theme.narrow ? Theme.small : Theme.body
            color: Theme.ink2
        }
    }

    Rectangle {
        visible: Theme.split
        anchors.bottom: parent.bottom
        width: parent.width
        height: Theme.thin
        color: Theme.hair
    }
}
