pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// At the foot of every job: Undo, and exactly one main action; where there is more to be said, the way to it.
Rectangle {
    id: root

    property alias text: main.text
    property alias glyph: main.glyph
    property alias missing: main.missing
    property alias idleGlyph: main.idleGlyph
    property bool tight: false
    property bool ready: true
    property bool acting: true
    property bool undoing: true
    property string undoText: qsTr("Undo")
    property bool more: false
    // Three in a row leave no room for words.
    readonly property bool stacked: undoing && acting && (main.least > spare || (more && width < 360 * Theme.textScale))
    readonly property real spare: width - 2 * side - 2 * foot.columnSpacing - back.Layout.preferredWidth - rest.Layout.preferredWidth
    readonly property int side: Theme.cramped ? 8 : Theme.margin
    signal undo()
    signal act()
    signal others()

    visible: undoing || acting
    implicitHeight: visible ? foot.implicitHeight + (tight ? 16 : 32) : 0
    color: Theme.paper

    Rectangle {
        width: parent.width
        height: Theme.thin
        color: Theme.hair
    }

    component Small: Pressable {
        id: small
        property string glyph: ""

        Layout.preferredWidth: Math.max(Theme.narrow ? 72 : 88, implicitWidth)
        Layout.fillWidth: root.stacked
        Layout.fillHeight: !root.stacked
        Layout.minimumHeight: root.stacked ? 56 : 72
        leftPadding: Theme.cramped ? 4 : 8
        rightPadding: Theme.cramped ? 4 : 8

        contentItem: ColumnLayout {
            spacing: 2

            Item { Layout.fillHeight: true }

            Icon {
                visible: !Theme.cramped
                name: small.glyph
                Layout.alignment: Qt.AlignHCenter
            }

            Words {
                text: small.text
                bold: true
                Layout.alignment: Qt.AlignHCenter
            }

            Item { Layout.fillHeight: true }
        }
    }

    GridLayout {
        id: foot
        anchors.fill: parent
        anchors.margins: root.tight ? 8 : 16
        anchors.leftMargin: root.side
        anchors.rightMargin: root.side
        columnSpacing: Theme.cramped ? 8 : 12
        rowSpacing: 8

        Small {
            id: back
            objectName: "undo"
            visible: root.undoing && root.acting
            text: root.undoText
            glyph: "undo"
            Layout.row: 0
            Layout.column: 0
            Layout.columnSpan: root.stacked && !root.more ? 2 : 1
            onClicked: root.undo()
        }

        Choice {
            objectName: "undo"
            visible: root.undoing && !root.acting
            glyph: Theme.cramped ? "" : "undo"
            centred: true
            text: root.undoText
            Layout.row: 0
            Layout.column: 0
            Layout.fillWidth: true
            Layout.minimumHeight: 56
            onClicked: root.undo()
        }

        MainAction {
            id: main
            objectName: "main"
            visible: root.acting
            enabled: root.ready
            close: Theme.narrow || (root.undoing && !root.stacked && ease > root.spare)
            Layout.row: root.stacked ? 1 : 0
            Layout.column: root.stacked ? 0 : 1
            Layout.columnSpan: root.stacked ? 2 : 1
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            onClicked: root.act()
        }

        Small {
            id: rest
            objectName: "more"
            visible: root.more
            text: qsTr("More")
            glyph: "more"
            Layout.row: 0
            Layout.column: root.stacked ? 1 : 2
            onClicked: root.others()
        }
    }
}
