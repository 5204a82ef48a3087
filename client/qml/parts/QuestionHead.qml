pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The second loudest: one sentence that says what comes next, and what else is accepted.
Item {
    id: root

    required property string title
    required property string hint
    property bool tight: Theme.cramped
    property bool camera: false
    signal look()
    readonly property bool long: title.length > 26

    // Who cannot see it is told what comes next.
    property string spoken: ""
    onTitleChanged: Qt.callLater(speak)
    onVisibleChanged: Qt.callLater(speak)
    function speak() {
        if (!visible || title === spoken || title === "") return
        spoken = title
        Accessible.announce(title, Accessible.Polite)
    }

    implicitHeight: Theme.split ? Math.max(104, words.implicitHeight + 32) : Math.max(words.implicitHeight, eye.visible ? eye.height : 0) + 2 * (tight ? 6 : Theme.narrow ? 10 : Theme.air)

    CameraButton {
        id: eye
        visible: root.camera && !root.tight
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.rightMargin: Theme.margin
        onClicked: root.look()
    }

    ColumnLayout {
        id: words
        anchors.left: parent.left
        anchors.right: eye.visible ? eye.left : parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: eye.visible ? 12 : Theme.margin
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
