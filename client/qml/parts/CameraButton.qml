pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// Beside what is to be scanned: the camera, for who has no scanner at hand.
Pressable {
    id: root

    text: qsTr("Camera")
    objectName: "camera"
    // Not its width: a layout that gives it another one would be at odds with that for ever.
    implicitWidth: Math.max(72, implicitContentWidth + leftPadding + rightPadding)
    implicitHeight: Math.max(64, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: 8
    rightPadding: 8
    topPadding: 6
    bottomPadding: 6

    contentItem: ColumnLayout {
        spacing: 1

        Item { Layout.fillHeight: true }

        Icon {
            name: "camera"
            size: root.width >= 88 ? 40 : 28
            color: Theme.actText
            Layout.alignment: Qt.AlignHCenter
        }

        Words {
            visible: !Theme.cramped
            text: root.text
            bold: true
            Layout.alignment: Qt.AlignHCenter
        }

        Item { Layout.fillHeight: true }
    }
}
