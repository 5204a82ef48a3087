pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import ".."

// Says above the header that nothing here is real, and leads out of it at one tap.
Rectangle {
    id: root

    readonly property string told: qsTr("PRACTICE: nothing is real")
    signal leave()

    implicitHeight: Math.max(56, words.implicitHeight + 12)
    color: Theme.prac
    Accessible.role: Accessible.AlertMessage
    Accessible.name: root.told

    component Stripes: Item {
        implicitWidth: 56
        implicitHeight: 56
        clip: true

        Repeater {
            model: 4

            Shape {
                id: stripe
                required property int index

                ShapePath {
                    strokeWidth: 0
                    strokeColor: "transparent"
                    fillColor: Theme.pracChip

                    PathPolyline {
                        path: [Qt.point(stripe.index * 21 - 29, 56), Qt.point(stripe.index * 21 + 3, 0), Qt.point(stripe.index * 21 + 14, 0), Qt.point(stripe.index * 21 - 18, 56)]
                    }
                }
            }
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 10

        Stripes {
            visible: root.width >= 400
        }

        Item { Layout.fillWidth: true }

        Icon {
            visible: !Theme.narrow || Theme.textScale <= 1.2
            name: "practice"
            color: Theme.pracInk
        }

        Words {
            id: words
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            text: Theme.narrow && Theme.textScale > 1.2 ? qsTr("PRACTICE") : root.told
            bold: true
            size: Theme.narrow ? Theme.small : Theme.body
            color: Theme.pracInk
        }

        Item { Layout.fillWidth: true }

        Pressable {
            id: out
            objectName: "leavePractice"
            Layout.fillHeight: true
            Layout.minimumWidth: Theme.target
            text: qsTr("Leave")
            Accessible.description: qsTr("Out of the practice ward")
            face: Theme.pracChip
            pressedFace: Theme.prac
            ring: Theme.pracInk
            ringInside: true
            rimWidth: 0
            raised: false
            leftPadding: 12
            rightPadding: 12
            onClicked: root.leave()

            contentItem: RowLayout {
                spacing: 8

                Icon {
                    visible: root.width >= 480
                    name: "home"
                    size: 24
                    color: Theme.pracInk
                }

                Words {
                    text: out.text
                    bold: true
                    color: Theme.pracInk
                }
            }
        }
    }
}
