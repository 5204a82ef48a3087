pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// On every page: how many are unsent and since when, or what was refused. Pressing it opens the outbox.
Pressable {
    id: root

    required property int unsent
    required property int refused
    required property string since
    property bool practice: false
    readonly property bool plain: refused === 0
    readonly property color ink: plain ? Theme.headInk : Theme.noInk
    readonly property string first: refused > 0 ? qsTr("%n refused", "", refused) : unsent > 0 || practice ? qsTr("%n unsent", "", unsent) : qsTr("all sent")
    readonly property string second: refused > 0 ? qsTr("%n unsent", "", unsent) : practice ? qsTr("practice") : unsent > 0 ? qsTr("since %1").arg(since) : since !== "" ? qsTr("at %1").arg(since) : ""

    text: [first, second].filter(part => part !== "").join(", ")
    face: plain ? Theme.headChip : Theme.no
    rim: plain && !Theme.contrast ? face : Theme.headInk
    rimWidth: plain && !Theme.contrast ? 0 : Theme.thin
    pressedFace: Theme.actSoft
    rounding: Theme.keyRadius
    raised: false
    leftPadding: 12
    rightPadding: 10
    topPadding: 4
    bottomPadding: 4

    contentItem: RowLayout {
        spacing: 10

        Icon {
            name: !root.plain ? "cross" : root.unsent > 0 || root.practice ? "outbox" : "check"
            color: root.down ? Theme.ink : root.ink
        }

        Words {
            visible: Theme.narrow
            text: root.plain ? root.unsent : root.refused
            bold: true
            size: Theme.strong
            color: root.down ? Theme.ink : root.ink
        }

        ColumnLayout {
            visible: !Theme.narrow
            spacing: 0

            Words {
                text: root.first
                bold: true
                color: root.down ? Theme.ink : root.ink
            }

            Words {
                visible: text !== ""
                text: root.second
                color: root.down ? Theme.ink : root.ink
            }
        }
    }
}
