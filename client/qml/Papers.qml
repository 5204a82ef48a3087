pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// What can be printed; of the chosen kind its fields, how it will look, and where it goes.
Item {
    id: root

    required property PapersPage page
    readonly property bool opened: page.kind !== ""
    readonly property int side: Theme.split ? Theme.list : 0

    // Who opens a kind types what is asked for, without a tap into the field.
    readonly property string kind: page.kind
    onKindChanged: Qt.callLater(hold)
    Component.onCompleted: hold()
    function hold() { if (visible && blanks.count > 0) blanks.itemAt(0).forceActiveFocus() }

    // ------------------------------------------------------------ the kinds
    Item {
        id: kinds
        anchors.left: parent.left
        visible: Theme.split || !root.opened
        width: Theme.split ? root.side : root.width
        height: parent.height

        QuestionHead {
            id: ask
            width: parent.width
            title: root.opened ? qsTr("Papers") : root.page.question
            hint: root.opened ? "" : root.page.hint
        }

        ListView {
            objectName: "kinds"
            anchors.top: ask.bottom
            anchors.bottom: parent.bottom
            width: parent.width
            clip: true
            boundsBehavior: Flickable.StopAtBounds
            model: root.page.kinds

            delegate: LineRow {
                required property string key
                required property string name
                required detail
                required glyph

                objectName: "kind " + key
                width: ListView.view.width
                text: name
                chosen: root.page.kind === key
                onward: true
                onClicked: root.page.open(key)
            }
        }

        Rectangle {
            visible: Theme.split
            anchors.right: parent.right
            width: Theme.thin
            height: parent.height
            color: Theme.hair
        }
    }

    // ------------------------------------------------------------ the chosen one
    Item {
        id: pane
        visible: root.opened
        anchors.left: parent.left
        anchors.leftMargin: root.side
        anchors.right: parent.right
        height: parent.height
        readonly property int wide: Math.min(width, Theme.split ? Theme.detail : width >= 600 ? Theme.column : width)
        readonly property int inset: Theme.split ? 0 : (width - wide) / 2

        ScanBand {
            id: band
            visible: root.page.tone !== ""
            width: parent.width
            height: visible ? implicitHeight : 0
            tone: root.page.tone === "" ? "idle" : root.page.tone
            title: root.page.told
            detail: root.page.where
            times: 1
        }

        QuestionHead {
            id: head
            anchors.top: band.bottom
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            title: root.page.question
            hint: root.page.hint
            tight: (root.page.asking && (Theme.low || (band.visible && root.height < 720))) || (wrong.height > 0 && Theme.cramped)
        }

        ItemList {
            id: wrong
            anchors.top: head.bottom
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            model: root.page.wrong
        }

        Flickable {
            id: body
            visible: !root.page.asking
            anchors.top: wrong.bottom
            anchors.bottom: bar.top
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            contentHeight: all.height
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Column {
                id: all
                width: body.width
                topPadding: Theme.split || wrong.height > 0 ? 12 : 0
                spacing: 12

                GridLayout {
                    id: form
                    x: Theme.margin
                    width: parent.width - 2 * Theme.margin
                    columns: Theme.textScale > 1.3 || Theme.narrow ? 1 : 2
                    columnSpacing: 12
                    rowSpacing: 12

                    Repeater {
                        id: blanks
                        model: root.page.fields

                        FormField {
                            id: field
                            required property string modelData
                            objectName: "field " + modelData
                            Layout.fillWidth: true
                            Layout.preferredWidth: 100
                            Layout.columnSpan: form.columns === 2 && ["place", "product"].includes(modelData) ? 2 : 1
                            label: root.page.label(modelData)
                            value: root.page.said(modelData)
                            onEdited: text => root.page.write(modelData, text)
                            onEntered: root.page.act()

                            Connections {
                                target: root.page
                                function onDrawn() { field.value = root.page.said(field.modelData) }
                            }
                        }
                    }
                }

                ItemList {
                    objectName: "items"
                    width: parent.width
                    model: root.page.items
                    onPressed: key => root.page.press(key)
                }

                Repeater {
                    model: root.page.pictures

                    Rectangle {
                        id: sheet
                        required property string modelData
                        required property int index
                        x: Theme.margin
                        width: all.width - 2 * Theme.margin
                        height: picture.height + 2
                        color: "white"
                        border.width: 1
                        border.color: Theme.edge
                        Accessible.role: Accessible.Graphic
                        Accessible.name: qsTr("How page %1 will look").arg(index + 1)

                        Image {
                            id: picture
                            objectName: "preview"
                            x: 1
                            y: 1
                            width: sheet.width - 2
                            height: width * 1754 / 1240
                            source: sheet.modelData
                            cache: false
                        }
                    }
                }

                Words {
                    x: Theme.margin
                    width: parent.width - 2 * Theme.margin
                    visible: text !== ""
                    text: root.page.more
                    color: Theme.ink2
                }

                Item { width: 1; height: 4 }
            }
        }

        Flickable {
            id: asking
            visible: root.page.asking
            anchors.top: head.bottom
            anchors.bottom: bar.top
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            contentHeight: answers.implicitHeight + 16
            boundsBehavior: Flickable.StopAtBounds
            clip: true

            Answers {
                id: answers
                x: Theme.margin
                width: asking.width - 2 * Theme.margin
                ask: root.page.ask
                room: asking.height
            }
        }

        MainBar {
            id: bar
            anchors.bottom: parent.bottom
            height: implicitHeight
            anchors.left: parent.left
            anchors.leftMargin: pane.inset
            width: pane.wide
            undoing: root.page.asking
            undoText: qsTr("Cancel")
            idleGlyph: root.page.sign
            ready: root.page.ready
            glyph: root.page.asking ? "check" : root.page.printing ? "print" : "file"
            text: root.page.mainText
            missing: root.page.missing
            onUndo: root.page.undo()
            onAct: root.page.act()
        }
    }

    EmptyState {
        visible: Theme.split && !root.opened
        anchors.centerIn: parent
        anchors.horizontalCenterOffset: root.side / 2
        width: Math.min(pane.width - 4 * Theme.margin, 480)
        glyph: "print"
        text: qsTr("Choose a kind of paper")
    }
}
