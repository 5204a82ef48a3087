pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// The labels of an exercise over the page: what was answered, what comes next, and symbols that a scanner reads.
Rectangle {
    id: root

    required property TrainingPage page
    property bool answering: true

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: root.page.question

    TapHandler { gesturePolicy: TapHandler.ReleaseWithinBounds }
    WheelHandler {}

    Rectangle {
        visible: Theme.split
        anchors.left: parent.left
        width: Theme.thin
        height: parent.height
        color: Theme.hair
        z: 2
    }

    ScanBand {
        id: band
        visible: root.answering
        height: visible ? implicitHeight : 0
        width: parent.width
        tight: Theme.low
        tone: root.page.band.tone
        title: root.page.band.title
        detail: root.page.band.detail
        times: root.page.band.times
    }

    QuestionHead {
        id: head
        anchors.top: band.bottom
        width: parent.width
        title: root.page.question
        hint: root.page.hint
    }

    ListView {
        id: tags
        objectName: "tags"
        visible: root.page.current >= 0
        anchors.top: head.bottom
        anchors.bottom: foot.top
        x: Theme.margin
        width: parent.width - 2 * Theme.margin
        topMargin: 4
        bottomMargin: 12
        spacing: 12
        clip: true
        boundsBehavior: Flickable.StopAtBounds
        model: root.page.tags
        currentIndex: root.page.current
        highlightFollowsCurrentItem: false
        onCurrentIndexChanged: Qt.callLater(tags.showNext)
        onHeightChanged: Qt.callLater(tags.showNext)

        function showNext() { if (currentIndex >= 0) positionViewAtIndex(currentIndex, ListView.Contain) }

        delegate: Pressable {
            id: tag
            required property string key
            required property string name
            required property string quantity
            required property string lot
            required property string picture
            required property bool current
            required property bool past

            objectName: current ? "currentTag" : "tag"
            width: ListView.view.width
            text: name
            Accessible.description: [quantity, lot].filter(part => part !== "").join(", ")
            rim: current ? Theme.pracText : Theme.edge
            rimWidth: current ? Theme.border + 1 : Theme.thin
            padding: 12
            onClicked: root.page.tap(key)

            contentItem: RowLayout {
                spacing: 16

                // Paper stays white in every theme: a symbol on a dark ground is read by few scanners.
                Rectangle {
                    implicitWidth: code.width + 8
                    implicitHeight: code.height + 8
                    color: "white"

                    Image {
                        id: code
                        readonly property int module: Math.max(2, Math.floor(96 / Math.max(1, sourceSize.width)))
                        anchors.centerIn: parent
                        source: tag.picture
                        width: module * sourceSize.width
                        height: module * sourceSize.height
                        smooth: false
                        cache: false
                    }
                }

                ColumnLayout {
                    spacing: 1
                    Layout.fillWidth: true

                    Words {
                        Layout.fillWidth: true
                        text: tag.name
                        bold: true
                        size: Theme.body
                    }

                    Words {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: tag.quantity
                    }

                    Words {
                        Layout.fillWidth: true
                        visible: text !== ""
                        text: tag.lot
                        color: Theme.ink2
                    }
                }

                Icon {
                    visible: tag.past
                    name: "check"
                    size: 28
                    color: Theme.pracText
                }
            }
        }
    }

    EmptyState {
        visible: root.page.current < 0
        anchors.centerIn: tags
        width: tags.width
        glyph: root.page.done ? "check" : "outbox"
        text: root.page.hint
    }

    Rectangle {
        id: foot
        anchors.bottom: parent.bottom
        width: parent.width
        height: buttons.implicitHeight + 24
        color: Theme.paper

        Rectangle {
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        GridLayout {
            id: buttons
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            columns: Theme.textScale > 1.3 ? 1 : 2
            columnSpacing: 12
            rowSpacing: 12

            Choice {
                objectName: "showMe"
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                centred: true
                text: qsTr("Show me")
                glyph: "search"
                onClicked: root.page.fold()
            }

            MainAction {
                objectName: "nextTask"
                visible: root.page.done
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                text: root.page.mainText
                glyph: "practice"
                onClicked: root.page.begin()
            }

            Choice {
                objectName: "exercises"
                visible: !root.page.done
                Layout.fillWidth: true
                Layout.preferredWidth: 100
                centred: true
                text: qsTr("Exercises")
                glyph: "practice"
                onClicked: root.page.list()
            }
        }
    }
}
