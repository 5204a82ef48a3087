pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The way into the practice ward: violet, as everything there.
Pressable {
    id: root

    property int inset: 0
    required property string detail

    implicitHeight: Math.max(Theme.low ? 80 : 96, implicitContentHeight + (Theme.low ? 16 : 40))
    text: qsTr("Practice ward")
    Accessible.description: root.detail
    face: Theme.pracSoft
    pressedFace: Theme.surface
    rimWidth: 0
    rounding: 0
    raised: false
    leftPadding: Math.max(16, inset + 16)
    rightPadding: leftPadding

    Rectangle {
        width: parent.width
        height: 2
        color: Theme.pracText
    }

    contentItem: RowLayout {
        spacing: 14

        Rectangle {
            implicitWidth: Theme.grown(56)
            implicitHeight: implicitWidth
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
                text: root.text
                bold: true
                size: Theme.strong
                color: Theme.pracText
            }

            Words {
                Layout.fillWidth: true
                text: root.detail
            }
        }

        Icon {
            name: "forward"
            size: 28
            color: Theme.pracText
        }
    }
}
