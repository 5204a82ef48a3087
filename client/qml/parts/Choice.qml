pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// One way to answer: 56 high, 76 with a second line. A lock says that another role must stand by it.
Pressable {
    id: root

    property string glyph: ""
    property string detail: ""
    property bool locked: false
    property bool centred: false

    implicitHeight: Math.max(detail === "" ? 56 : 76, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.close ? 12 : 16
    rightPadding: Theme.close ? 8 : 14
    topPadding: 8
    bottomPadding: 8
    Accessible.description: detail

    contentItem: RowLayout {
        spacing: Theme.close ? 8 : 16

        Item {
            visible: root.centred
            Layout.fillWidth: true
        }

        Icon {
            visible: root.glyph !== ""
            name: root.glyph
            size: 28
        }

        ColumnLayout {
            spacing: 0
            Layout.fillWidth: true
            Layout.maximumWidth: root.centred ? implicitWidth + 1 : Number.POSITIVE_INFINITY

            Words {
                Layout.fillWidth: true
                text: root.text
                bold: true
                size: Theme.body
            }

            Words {
                Layout.fillWidth: true
                visible: root.detail !== ""
                text: root.detail
                color: Theme.ink2
            }
        }

        Item {
            visible: root.centred
            Layout.fillWidth: true
        }

        Icon {
            visible: !root.centred
            name: root.locked ? "lock" : "forward"
            size: 24
        }
    }
}
