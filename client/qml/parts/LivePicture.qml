pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import ".."

// What the camera sees, the frame to aim with, and what to change so that it can read.
Rectangle {
    id: root

    required property Sight sight
    readonly property color aim: sight.band.tone === "idle" ? Theme.barInk : Theme.back(sight.band.tone)

    color: Theme.bar
    clip: true
    Accessible.role: Accessible.Graphic
    Accessible.name: qsTr("What the camera sees")

    Image {
        id: seen
        objectName: "live"
        anchors.fill: parent
        visible: root.sight.live
        source: root.sight.picture
        cache: false
        fillMode: Image.PreserveAspectFit
    }

    component Corner: Item {
        id: corner
        property bool far: false
        property bool low: false
        readonly property int arm: 36

        x: far ? parent.width - width : 0
        y: low ? parent.height - height : 0
        width: arm
        height: arm

        Repeater {
            model: [{ thick: 10, tint: Theme.bar }, { thick: 6, tint: root.aim }]

            Item {
                id: stroke
                required property var modelData
                readonly property int edge: modelData.thick
                readonly property int inset: (10 - edge) / 2
                anchors.fill: parent

                Rectangle {
                    x: corner.far ? 0 : stroke.inset
                    y: corner.low ? corner.height - stroke.edge - stroke.inset : stroke.inset
                    width: corner.arm - stroke.inset
                    height: stroke.edge
                    color: stroke.modelData.tint
                }

                Rectangle {
                    x: corner.far ? corner.width - stroke.edge - stroke.inset : stroke.inset
                    y: corner.low ? 0 : stroke.inset
                    width: stroke.edge
                    height: corner.arm - stroke.inset
                    color: stroke.modelData.tint
                }
            }
        }
    }

    Item {
        visible: root.sight.live
        x: (parent.width - seen.paintedWidth) / 2 + root.sight.aimX * seen.paintedWidth
        y: (parent.height - seen.paintedHeight) / 2 + root.sight.aimY * seen.paintedHeight
        width: root.sight.aimWidth * seen.paintedWidth
        height: root.sight.aimHeight * seen.paintedHeight

        Corner {}
        Corner { far: true }
        Corner { low: true }
        Corner { far: true; low: true }
    }

    Rectangle {
        visible: root.sight.hint !== ""
        anchors.bottom: parent.bottom
        width: parent.width
        height: Math.max(56, told.implicitHeight + 24)
        color: Theme.bar

        RowLayout {
            id: told
            anchors.left: parent.left
            anchors.right: parent.right
            anchors.verticalCenter: parent.verticalCenter
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            spacing: 14

            Icon {
                name: root.sight.hintGlyph
                size: 28
                color: Theme.barInk
            }

            Words {
                objectName: "cameraHint"
                Layout.fillWidth: true
                text: root.sight.hint
                bold: true
                size: Theme.body
                color: Theme.barInk
                Accessible.role: Accessible.AlertMessage
                Accessible.name: text
            }
        }
    }
}
