pragma ComponentBehavior: Bound
import QtQuick
import Wardstock
import "parts"

// The practice ward's own page: three exercises, the labels on paper, a look around.
Item {
    id: root

    required property TrainingPage page
    readonly property int wide: Math.min(width, Theme.split ? Theme.detail : width >= 600 ? Theme.column : width)
    readonly property int inset: (width - wide) / 2

    Flickable {
        id: body
        anchors.top: parent.top
        anchors.bottom: bar.top
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.wide
        contentHeight: all.implicitHeight
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Column {
            id: all
            width: body.width

            QuestionHead {
                width: parent.width
                title: root.page.welcome
                hint: root.page.welcomeHint
            }

            SectionHead {
                width: parent.width
                title: qsTr("Exercises")
                detail: Theme.narrow && Theme.textScale > 1.3 ? "" : root.page.score
            }

            Repeater {
                model: root.page.tasks

                LineRow {
                    required property string key
                    required property string name
                    required detail
                    required glyph

                    objectName: "task " + key
                    width: all.width
                    text: name
                    onward: true
                    onClicked: root.page.choose(key)
                }
            }

            Item { width: 1; height: 16 }

            Choice {
                objectName: "practicePapers"
                x: Theme.margin
                width: parent.width - 2 * Theme.margin
                text: qsTr("The labels on paper")
                detail: qsTr("To try a scanner that does not read screens")
                glyph: "print"
                rimWidth: Theme.thin
                onClicked: root.page.papers()
            }

            Item { width: 1; height: 12 }

            Choice {
                objectName: "lookAround"
                x: Theme.margin
                width: parent.width - 2 * Theme.margin
                text: qsTr("Look around without a guide")
                detail: qsTr("Everything works as in real work")
                glyph: "home"
                rimWidth: Theme.thin
                onClicked: root.page.lookAround()
            }

            Item { width: 1; height: 16 }
        }
    }

    MainBar {
        id: bar
        anchors.bottom: parent.bottom
        height: implicitHeight
        anchors.left: parent.left
        anchors.leftMargin: root.inset
        width: root.wide
        undoing: false
        glyph: "practice"
        text: root.page.mainText
        onAct: root.page.begin()
    }
}
