pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Shapes
import ".."

// Says above the header that nothing here is real.
Rectangle {
    id: root

    implicitHeight: 40
    color: Theme.prac
    Accessible.role: Accessible.AlertMessage
    Accessible.name: words.text

    component Stripes: Item {
        implicitWidth: 56
        implicitHeight: 40
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
                        path: [Qt.point(stripe.index * 21 - 20, 40), Qt.point(stripe.index * 21 + 3, 0), Qt.point(stripe.index * 21 + 14, 0), Qt.point(stripe.index * 21 - 9, 40)]
                    }
                }
            }
        }
    }

    RowLayout {
        anchors.fill: parent
        spacing: 10

        Stripes {}

        Item { Layout.fillWidth: true }

        Icon {
            name: "practice"
            color: Theme.pracInk
        }

        Words {
            id: words
            Layout.fillWidth: true
            Layout.maximumWidth: implicitWidth + 1
            text: qsTr("PRACTICE: nothing is real")
            bold: true
            size: Theme.body
            color: Theme.pracInk
        }

        Item { Layout.fillWidth: true }

        Stripes {
            visible: root.width >= 400
        }
    }
}
