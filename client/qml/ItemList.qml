pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import "parts"

// Facts, choices and acts below each other: what settings and papers are made of. Short lists, so that all are there.
Column {
    id: root

    property alias model: items.model
    signal pressed(string key)

    component Fact: ColumnLayout {
        id: told
        required property string name
        required property string detail
        property bool listed: false
        spacing: 1

        Words {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.margin
            Layout.rightMargin: Theme.margin
            Layout.topMargin: 10
            text: told.name
            bold: told.listed
            color: told.listed ? Theme.ink : Theme.ink2
        }

        Words {
            Layout.fillWidth: true
            Layout.leftMargin: Theme.margin
            Layout.rightMargin: Theme.margin
            Layout.bottomMargin: 10
            visible: text !== ""
            text: told.detail
            size: told.listed ? Theme.small : Theme.body
            bold: !told.listed
            color: told.listed ? Theme.ink2 : Theme.ink
        }

        Rectangle {
            Layout.fillWidth: true
            implicitHeight: Theme.thin
            color: Theme.hair
        }
    }

    component Note: Rectangle {
        id: said
        required property string name
        required property string tone
        implicitHeight: sentence.implicitHeight + 24
        color: tone === "" ? Theme.paper : Theme.soft(tone)

        Icon {
            id: mark
            visible: said.tone !== ""
            anchors.left: parent.left
            anchors.leftMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            name: said.tone === "ok" ? "check" : "warning"
            size: 24
            color: Theme.textOn(said.tone)
        }

        Words {
            id: sentence
            anchors.left: mark.visible ? mark.right : parent.left
            anchors.right: parent.right
            anchors.leftMargin: mark.visible ? 12 : Theme.margin
            anchors.rightMargin: Theme.margin
            anchors.verticalCenter: parent.verticalCenter
            text: said.name
            color: said.tone === "" ? Theme.ink2 : Theme.ink
        }
    }

    component Way: Pressable {
        id: way
        property string detail: ""
        property bool chosen: false
        property bool locked: false

        rounding: 0
        raised: false
        rimWidth: 0
        face: chosen ? Theme.actSoft : Theme.surface
        leftPadding: Theme.margin
        rightPadding: Theme.margin
        topPadding: 8
        bottomPadding: 8
        enabled: !locked
        Accessible.role: Accessible.RadioButton
        Accessible.checkable: true
        Accessible.checked: chosen
        Accessible.description: detail

        contentItem: RowLayout {
            spacing: 14

            Icon {
                name: "check"
                size: 28
                opacity: way.chosen ? 1 : 0
                color: Theme.actText
            }

            ColumnLayout {
                spacing: 1
                Layout.fillWidth: true

                Words {
                    Layout.fillWidth: true
                    text: way.text
                    bold: way.chosen
                    size: Theme.body
                }

                Words {
                    Layout.fillWidth: true
                    visible: text !== ""
                    text: way.detail
                    color: Theme.ink2
                }
            }

            Icon {
                visible: way.locked
                name: "lock"
                size: 24
            }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }
    }

    Repeater {
        id: items

        Loader {
            id: item
            required property string key
            required property string kind
            required property string name
            required property string detail
            required property string glyph
            required property bool chosen
            required property bool locked
            required property string tone

            width: root.width
            sourceComponent: kind === "head" ? heading : kind === "fact" || kind === "line" ? fact : kind === "choice" ? way : kind === "note" ? note : act

            Component {
                id: heading
                SectionHead { title: item.name }
            }

            Component {
                id: fact
                Fact { name: item.name; detail: item.detail; listed: item.kind === "line" }
            }

            Component {
                id: note
                Note { name: item.name; tone: item.tone }
            }

            Component {
                id: way
                Way {
                    objectName: "way " + item.key
                    text: item.name
                    detail: item.detail
                    chosen: item.chosen
                    locked: item.locked
                    onClicked: root.pressed(item.key)
                }
            }

            Component {
                id: act

                Item {
                    implicitHeight: button.implicitHeight + 20

                    Choice {
                        id: button
                        objectName: "act " + item.key
                        x: Theme.margin
                        y: 10
                        width: parent.width - 2 * Theme.margin
                        text: item.name
                        detail: item.detail
                        glyph: item.glyph
                        locked: item.locked
                        enabled: !item.locked
                        rimWidth: Theme.thin
                        onClicked: root.pressed(item.key)
                    }
                }
            }
        }
    }
}
