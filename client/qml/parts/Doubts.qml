pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// Codes that were hard to read, each with the part of the picture it was read from: a person compares and decides.
ColumnLayout {
    id: root

    required property Sight sight
    readonly property bool one: codes.count === 1

    spacing: 12

    Repeater {
        id: codes
        model: root.sight.doubts

        Pressable {
            id: doubt
            required property string key
            required property string kind
            required property string picture
            required property string code

            objectName: "doubt"
            text: code
            Accessible.description: kind
            enabled: !root.one
            raised: !root.one
            rimWidth: root.one ? Theme.thin : Theme.border
            padding: 14
            Layout.fillWidth: true
            implicitHeight: Math.max(Theme.row, implicitContentHeight + 28)
            onClicked: root.sight.choose(key)

            contentItem: ColumnLayout {
                spacing: 10

                Rectangle {
                    Layout.fillWidth: true
                    implicitHeight: root.one ? (Theme.low ? 150 : 220) : 120
                    radius: Theme.keyRadius
                    color: Theme.bar

                    Image {
                        anchors.fill: parent
                        anchors.margins: 4
                        source: doubt.picture
                        cache: false
                        fillMode: Image.PreserveAspectFit
                    }
                }

                Words {
                    objectName: "doubtText"
                    Layout.fillWidth: true
                    text: doubt.code
                    bold: true
                    size: doubt.code.length > 16 ? Theme.title : Theme.question
                    anywhere: true
                }

                Words {
                    Layout.fillWidth: true
                    text: doubt.kind
                    color: Theme.ink2
                }
            }
        }
    }
}
