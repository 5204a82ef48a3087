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
    // Large text on a small screen: the question scrolls with the labels, and is seen first.
    readonly property bool flowing: height - band.height - foot.height - head.implicitHeight < 160

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
        visible: root.answering && !root.page.done
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
        visible: !root.flowing
        height: visible ? implicitHeight : 0
        title: root.page.question
        hint: root.page.current < 0 ? "" : root.page.hint
    }

    Flickable {
        id: body
        anchors.top: head.bottom
        anchors.bottom: foot.top
        width: parent.width
        contentHeight: all.height + Theme.air
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        property Item next: null
        onHeightChanged: Qt.callLater(body.showNext)

        // The label that is next is in sight, with as much above it as there is room for.
        function showNext() { contentY = root.flowing || !next ? 0 : Math.max(0, Math.min(next.y + next.height + Theme.air - height, next.y)) }

        Column {
            id: all
            width: parent.width
            spacing: 12

            QuestionHead {
                visible: root.flowing
                width: parent.width
                title: root.page.question
                hint: root.page.current < 0 ? "" : root.page.hint
            }

            Repeater {
                model: root.page.current >= 0 ? root.page.tags : null

                Pressable {
                    id: tag
                    required property string key
                    required property string name
                    required property string quantity
                    required property string lot
                    required property string picture
                    required property bool current
                    required property bool past

                    objectName: current ? "currentTag" : "tag"
                    x: Theme.margin
                    width: all.width - 2 * Theme.margin
                    onCurrentChanged: come()
                    onYChanged: come()
                    Component.onCompleted: come()

                    function come() { if (current) { body.next = tag; Qt.callLater(body.showNext) } }

                    text: name
                    Accessible.description: [quantity, lot].filter(part => part !== "").join(", ")
                    rim: current ? Theme.pracText : Theme.edge
                    rimWidth: current ? Theme.border + 1 : Theme.thin
                    padding: 12
                    onClicked: root.page.tap(key)

                    contentItem: GridLayout {
                        columns: Theme.narrow && Theme.textScale > 1.3 ? 1 : 3
                        columnSpacing: 16
                        rowSpacing: 8

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
                x: 2 * Theme.margin
                width: parent.width - 4 * Theme.margin
                glyph: root.page.done ? "check" : "outbox"
                text: root.page.hint
            }
        }
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
            columns: root.page.done || Theme.textScale > 1.3 ? 1 : 2
            columnSpacing: 12
            rowSpacing: 12

            FootButton {
                objectName: "showMe"
                text: qsTr("Show me")
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

            FootButton {
                objectName: "exercises"
                visible: !root.page.done
                text: qsTr("Exercises")
                onClicked: root.page.list()
            }
        }
    }

    component FootButton: Pressable {
        id: button
        Layout.fillWidth: true
        Layout.preferredWidth: 100
        leftPadding: 8
        rightPadding: 8

        contentItem: Words {
            text: button.text
            bold: true
            size: Theme.body
            horizontalAlignment: Text.AlignHCenter
            verticalAlignment: Text.AlignVCenter
        }
    }
}
