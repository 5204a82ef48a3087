pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// What Odoo refused, on home: nobody who opens the app can miss it.
Pressable {
    id: root

    property string detail: ""

    Accessible.description: detail
    face: Theme.noSoft
    rim: Theme.no
    pressedFace: Theme.surface
    padding: 16
    leftPadding: 28
    implicitHeight: Math.max(104, implicitContentHeight + 32)

    Rectangle {
        anchors.left: parent.left
        anchors.leftMargin: 2
        width: 10
        y: Theme.radius
        height: parent.height - 2 * Theme.radius
        color: Theme.no
    }

    contentItem: RowLayout {
        spacing: 16

        Rectangle {
            implicitWidth: Theme.grown(56)
            implicitHeight: implicitWidth
            radius: Theme.radius
            color: Theme.no

            Icon {
                anchors.centerIn: parent
                name: "cross"
                size: 34
                color: Theme.noInk
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
            }

            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.detail
            }
        }

        Icon {
            name: "forward"
            size: 28
            color: Theme.noText
        }
    }
}
