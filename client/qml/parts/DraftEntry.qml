pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// A job somebody has begun, on the handheld's home: whose it is, how far it has come.
Pressable {
    id: root

    required property string key
    required property string name
    required property string detail
    required property real share

    objectName: "draft"
    text: name
    Accessible.description: detail
    rimWidth: Theme.thin
    padding: 14
    implicitHeight: Math.max(Theme.row, implicitContentHeight + 24)

    contentItem: RowLayout {
        spacing: 14

        Ring {
            size: 46
            share: root.share
        }

        ColumnLayout {
            spacing: 1
            Layout.fillWidth: true

            Words {
                Layout.fillWidth: true
                text: root.name
                bold: true
                size: Theme.body
            }

            Words {
                Layout.fillWidth: true
                text: root.detail
                color: Theme.ink2
            }
        }

        Icon {
            name: "forward"
            size: 28
            color: Theme.actText
        }
    }
}
