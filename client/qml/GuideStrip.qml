pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// Below every page while an exercise of the practice ward is under way: what comes next, and the labels at one tap.
Pressable {
    id: root

    required property TrainingPage page

    objectName: "guideStrip"
    readonly property bool shortened: Theme.low && Theme.textScale > 1.2
    text: page.strip
    Accessible.description: qsTr("Show the labels")
    face: Theme.pracSoft
    pressedFace: Theme.surface
    rimWidth: 0
    rounding: 0
    raised: false
    leftPadding: Theme.margin
    rightPadding: Theme.margin
    topPadding: 8
    bottomPadding: 8
    onClicked: page.unfold()

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.pracText
    }

    contentItem: RowLayout {
        spacing: 14

        Icon {
            name: root.page.done ? "check" : "practice"
            size: 28
            color: Theme.pracText
        }

        Words {
            Layout.fillWidth: true
            text: root.shortened ? qsTr("Labels") : root.text
            bold: true
            size: Theme.body
            color: Theme.ink
        }

        Icon {
            name: "forward"
            size: 28
            color: Theme.pracText
        }
    }
}
