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
    property bool brief: Theme.narrow  // the number alone
    // As wide as it is when it is not brief.
    readonly property real whole: leftPadding + Theme.grown(24) + 10 + Math.max(above.advanceWidth, beneath.advanceWidth) + rightPadding
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

    TextMetrics {
        id: above
        text: root.first
        font.pixelSize: Theme.small
        font.weight: Font.Bold
    }

    TextMetrics {
        id: beneath
        text: root.second
        font.pixelSize: Theme.small
    }

    contentItem: RowLayout {
        spacing: 10

        Icon {
            name: !root.plain ? "cross" : root.unsent > 0 || root.practice ? "outbox" : "check"
            color: root.down ? Theme.ink : root.ink
        }

        Words {
            visible: root.brief
            text: root.plain ? root.unsent : root.refused
            bold: true
            size: Theme.strong
            color: root.down ? Theme.ink : root.ink
        }

        ColumnLayout {
            visible: !root.brief
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
