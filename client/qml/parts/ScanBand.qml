pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import ".."

// The loudest thing on the page: the answer to the last scan, in colour, icon and word. Stays until the next.
Rectangle {
    id: root

    required property string tone
    required property string title
    required property string detail
    required property int times
    property int extra: 0
    property bool tight: Theme.cramped
    readonly property color ink: Theme.inkOn(tone)
    readonly property string word: tone === "ok" ? qsTr("OK") : tone === "ask" ? qsTr("Check") : tone === "no" ? qsTr("No") : ""
    readonly property string counted: word !== "" && times > 1 ? qsTr("%1 ×%2").arg(word).arg(times) : word
    readonly property string glyph: tone === "ok" ? "check" : tone === "ask" ? "question" : tone === "no" ? "cross" : "scan"
    property bool inverted: false

    implicitHeight: Math.max((tight ? 60 : 88) + extra, said.implicitHeight + (tight ? 8 : 24) + extra)
    color: Theme.back(tone)
    Accessible.role: Accessible.AlertMessage
    Accessible.name: told

    // Who cannot see it is told each answer once, where it stands.
    readonly property string told: [counted, title, detail].filter(part => part !== "").join(". ")
    property string spoken: ""
    onToldChanged: Qt.callLater(speak)
    onVisibleChanged: Qt.callLater(speak)
    function speak() {
        if (!visible || told === spoken || tone === "idle") return
        spoken = told
        Accessible.announce(told, tone === "ok" ? Accessible.Polite : Accessible.Assertive)
    }

    // The same answer twice running: the block inverts for a blink, so that the second scan is seen too.
    onTimesChanged: if (times > 1 && Theme.blink > 0) blink.restart()

    SequentialAnimation {
        id: blink
        PropertyAction { target: root; property: "inverted"; value: true }
        PauseAnimation { duration: Theme.blink }
        PropertyAction { target: root; property: "inverted"; value: false }
    }

    Rectangle {
        visible: root.tone === "no"
        anchors.fill: parent
        anchors.margins: 4
        color: "transparent"
        radius: 8
        border.width: 3
        border.color: root.ink
    }

    Rectangle {
        visible: Theme.contrast
        anchors.bottom: parent.bottom
        width: parent.width
        height: 2
        color: Theme.hair
    }

    RowLayout {
        id: said
        anchors.left: parent.left
        anchors.right: parent.right
        anchors.verticalCenter: parent.verticalCenter
        anchors.leftMargin: Theme.margin
        anchors.rightMargin: Theme.margin
        spacing: 14

        Rectangle {
            implicitWidth: Math.max(Theme.cramped ? 52 : 72, shown.visible ? shown.implicitWidth + 16 : 0)
            implicitHeight: Math.max(root.tight ? 52 : 64, mark.implicitHeight + (root.tight ? 2 : 8))
            radius: Theme.radius
            color: root.inverted ? root.color : root.tone === "idle" ? Theme.surface : root.ink
            border.width: root.inverted ? 3 : 0
            border.color: root.ink
            readonly property color drawn: root.inverted || root.tone === "idle" ? root.ink : root.color

            ColumnLayout {
                id: mark
                anchors.centerIn: parent
                spacing: 0

                Icon {
                    name: root.glyph
                    size: root.tight ? 26 : 34
                    stroke: 2.6
                    color: shown.color
                    Layout.alignment: Qt.AlignHCenter
                }

                Words {
                    id: shown
                    visible: text !== "" && !Theme.cramped
                    text: root.counted
                    bold: true
                    color: root.inverted || root.tone === "idle" ? root.ink : root.color
                    Layout.alignment: Qt.AlignHCenter
                }
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1

            Words {
                objectName: "bandTitle"
                Layout.fillWidth: true
                text: root.title
                bold: true
                size: Theme.strong
                color: root.ink
            }

            Words {
                Layout.fillWidth: true
                visible: text !== "" && !root.tight
                text: root.detail
                color: root.ink
            }
        }
    }
}
