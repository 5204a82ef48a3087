pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import ".."

// Says above the header that nothing here is real, and leads out of it; asks first where something would be forgotten.
Rectangle {
    id: root

    property bool leaving: false
    readonly property string told: leaving ? (Theme.cramped ? qsTr("Forget it all?") : qsTr("Forget what you did here?")) : qsTr("PRACTICE: nothing is real")
    // Large letters leave no room for the question beside its answers: it stands above them.
    readonly property bool stacked: leaving && width - out.implicitWidth - on.implicitWidth < Theme.scaled(140)
    signal leave()
    signal stay()

    onLeavingChanged: if (leaving && out.activeFocus) on.forceActiveFocus(Qt.TabFocusReason)
    implicitHeight: stacked ? above.implicitHeight + 10 + Theme.target : Math.max(56, words.implicitHeight + 12)
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

    component Way: Pressable {
        id: way
        required property string glyph

        Layout.fillHeight: true
        Layout.fillWidth: root.stacked
        Layout.minimumWidth: Theme.target
        face: Theme.pracChip
        pressedFace: Theme.prac
        ring: Theme.pracInk
        ringInside: true
        rimWidth: 0
        raised: false
        leftPadding: Theme.cramped ? 8 : 12
        rightPadding: Theme.cramped ? 8 : 12

        contentItem: RowLayout {
            spacing: 8

            Item {
                visible: root.stacked
                Layout.fillWidth: true
            }

            Icon {
                visible: root.width >= (root.leaving ? 600 : 480)
                name: way.glyph
                size: 24
                color: Theme.pracInk
            }

            Words {
                text: way.text
                bold: true
                color: Theme.pracInk
            }

            Item {
                visible: root.stacked
                Layout.fillWidth: true
            }
        }
    }

    ColumnLayout {
        anchors.fill: parent
        spacing: 4

        Words {
            id: above
            visible: root.stacked
            Layout.fillWidth: true
            Layout.margins: 6
            Layout.bottomMargin: 0
            text: root.told
            bold: true
            size: Theme.small
            color: Theme.pracInk
            horizontalAlignment: Text.AlignHCenter
        }

        RowLayout {
            Layout.fillWidth: true
            Layout.fillHeight: true
            spacing: root.leaving ? 2 : 10

            Stripes {
                visible: root.width >= (root.leaving ? 600 : 400)
            }

            Item {
                visible: !root.stacked
                Layout.fillWidth: true
            }

            Icon {
                visible: !root.leaving && (!Theme.narrow || Theme.textScale <= 1.2)
                name: "practice"
                color: Theme.pracInk
            }

            Words {
                id: words
                visible: !root.stacked
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth + 1
                text: Theme.narrow && Theme.textScale > 1.2 && !root.leaving ? qsTr("PRACTICE") : root.told
                bold: true
                size: Theme.narrow ? Theme.small : Theme.body
                color: Theme.pracInk
            }

            Item {
                visible: !root.stacked
                Layout.fillWidth: true
            }

            Way {
                id: out
                objectName: "leavePractice"
                text: qsTr("Leave")
                Accessible.description: qsTr("Out of the practice ward")
                glyph: root.leaving ? "erase" : "home"
                onClicked: root.leave()
            }

            // Where Leave was pressed: a second press of the same spot forgets nothing.
            Way {
                id: on
                objectName: "stayInPractice"
                visible: root.leaving
                text: qsTr("Stay")
                Accessible.description: qsTr("Go on practising")
                glyph: "practice"
                onClicked: root.stay()
            }
        }
    }
}
