pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// One step of the first start: fields, what is under way, what was found, what else can be done.
Item {
    id: root

    required property SetupPage page
    required property int inset

    QuestionHead {
        id: head
        x: root.inset
        width: root.width - 2 * root.inset
        title: root.page.title
        hint: root.page.hint
        camera: root.page.step === "key" || root.page.step === "form"
        onLook: root.page.sight.open()
    }

    Flickable {
        id: body
        objectName: "setupBody"
        anchors.top: head.bottom
        anchors.bottom: parent.bottom
        x: root.inset
        width: root.width - 2 * root.inset
        contentHeight: told.y + told.implicitHeight + 2 * Theme.air
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: told
            x: Theme.margin
            y: 12
            width: body.width - 2 * Theme.margin
            spacing: 8

            Repeater {
                id: fields
                model: root.page.fields

                FormField {
                    required property int index
                    required property string key

                    required label
                    required value
                    required note
                    required secret

                    objectName: "field-" + key
                    Layout.fillWidth: true
                    onEdited: text => root.page.write(key, text)
                    onEntered: root.page.act()
                    onActiveFocusChanged: root.page.focusOn(activeFocus ? key : "")
                    Component.onCompleted: if (index === 0) forceActiveFocus()
                }
            }

            ProgressLine {
                visible: root.page.doing !== ""
                text: root.page.doing
                share: root.page.share
                Layout.fillWidth: true
                Layout.topMargin: 4
                Layout.bottomMargin: 4
            }

            Repeater {
                model: root.page.facts

                FactLine {
                    required property string key
                    required property string picture

                    required text
                    required detail
                    required tone

                    objectName: "fact-" + key
                    glyph: picture
                    large: key === "host"
                    Layout.fillWidth: true
                }
            }

            Repeater {
                model: root.page.ways

                Choice {
                    required property string key
                    required property string picture

                    required text
                    required detail

                    objectName: "way-" + key
                    glyph: picture
                    Layout.fillWidth: true
                    Layout.topMargin: 4
                    onClicked: root.page.choose(key)
                }
            }
        }
    }
}
