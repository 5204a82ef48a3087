pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// At the foot of every job: Undo, and exactly one main action.
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

    RowLayout {
        id: foot
        anchors.fill: parent
        anchors.margins: root.tight ? 8 : 16
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 12

        Pressable {
            id: small
            visible: root.undoing && root.acting
            text: root.undoText
            Layout.preferredWidth: Math.max(88, implicitWidth)
            Layout.fillHeight: true
            Layout.minimumHeight: 72
            leftPadding: 8
            rightPadding: 8
            onClicked: root.undo()

            contentItem: ColumnLayout {
                spacing: 2

                Item { Layout.fillHeight: true }

                Icon {
                    name: "undo"
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

        Choice {
            visible: root.undoing && !root.acting
            glyph: "undo"
            centred: true
            text: root.undoText
            Layout.fillWidth: true
            Layout.minimumHeight: 56
            onClicked: root.undo()
        }

        MainAction {
            id: main
            visible: root.acting
            enabled: root.ready
            Layout.fillWidth: true
            Layout.fillHeight: true
            Layout.minimumHeight: implicitHeight
            onClicked: root.act()
        }

        Pressable {
            id: others
            objectName: "more"
            visible: root.more
            text: qsTr("More")
            Layout.preferredWidth: Math.max(Theme.narrow ? 64 : 80, implicitWidth)
            Layout.fillHeight: true
            Layout.minimumHeight: 72
            leftPadding: 6
            rightPadding: 6
            onClicked: root.others()

            contentItem: ColumnLayout {
                spacing: 2

                Item { Layout.fillHeight: true }

                Icon {
                    name: "more"
                    Layout.alignment: Qt.AlignHCenter
                }

                Words {
                    text: others.text
                    bold: true
                    Layout.alignment: Qt.AlignHCenter
                }

                Item { Layout.fillHeight: true }
            }
        }
    }
}
