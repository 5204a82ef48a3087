pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import Wardstock
import "parts"

// The very first page: scan the sheet, open a file, type it, or practise. The drawing shows what is looked for.
Item {
    id: root

    required property SetupPage page
    required property int inset
    signal openFile()

    Flickable {
        id: body
        anchors.top: parent.top
        anchors.bottom: practice.top
        width: parent.width
        contentHeight: sheets.height
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        // As high as the page where there is room: the drawing takes what is left.
        Item {
            id: sheets
            width: body.width
            height: Math.max(body.height, head.height + ways.implicitHeight + 32)

            QuestionHead {
                id: head
                x: root.inset
                width: sheets.width - 2 * root.inset
                title: root.page.title
                hint: root.page.hint
                camera: true
                onLook: root.page.sight.open()
            }

            Rectangle {
                id: drawing
                objectName: "drawing"
                visible: height >= 96
                anchors.top: head.bottom
                anchors.topMargin: Theme.split ? 16 : 4
                anchors.bottom: ways.top
                anchors.bottomMargin: 16
                x: root.inset + Theme.margin
                width: sheets.width - 2 * x
                radius: Theme.radius
                color: Theme.sunken
                Accessible.role: Accessible.Graphic
                Accessible.name: qsTr("A sheet of paper with a square code")
                readonly property int side: Math.min(height - 24, width - 24, 340)

                component Corner: Item {
                    id: corner
                    property bool atEnd: false
                    property bool atFoot: false
                    x: atEnd ? sight.width - width : 0
                    y: atFoot ? sight.height - height : 0
                    width: 32
                    height: 32

                    Rectangle {
                        y: corner.atFoot ? parent.height - height : 0
                        width: parent.width
                        height: 6
                        radius: 3
                        color: Theme.actText
                    }

                    Rectangle {
                        x: corner.atEnd ? parent.width - width : 0
                        width: 6
                        height: parent.height
                        radius: 3
                        color: Theme.actText
                    }
                }

                Item {
                    id: sight
                    anchors.centerIn: parent
                    width: drawing.side
                    height: drawing.side

                    Corner {}
                    Corner { atEnd: true }
                    Corner { atFoot: true }
                    Corner { atEnd: true; atFoot: true }
                }

                Rectangle {
                    id: sheet
                    anchors.centerIn: parent
                    width: Math.round(height * 0.8)
                    height: drawing.side - 40
                    radius: 4
                    color: "white"
                    border.width: 1
                    border.color: Theme.edge
                    readonly property int module: Math.max(2, Math.floor(width * 0.78 / 21))

                    Rectangle {
                        x: code.x
                        y: Math.round(parent.height * 0.06)
                        width: Math.round(parent.width * 0.4)
                        height: 8
                        color: "#42555B"
                    }

                    Rectangle {
                        x: code.x
                        y: Math.round(parent.height * 0.06) + 14
                        width: Math.round(parent.width * 0.27)
                        height: 6
                        color: "#8AA2A5"
                    }

                    Item {
                        id: code
                        anchors.horizontalCenter: parent.horizontalCenter
                        y: Math.round(parent.height * 0.2)
                        width: 21 * sheet.module
                        height: width

                        component Finder: Rectangle {
                            width: 7 * sheet.module
                            height: width
                            color: "black"

                            Rectangle {
                                anchors.centerIn: parent
                                width: 5 * sheet.module
                                height: width
                                color: "white"

                                Rectangle {
                                    anchors.centerIn: parent
                                    width: 3 * sheet.module
                                    height: width
                                    color: "black"
                                }
                            }
                        }

                        Finder {}
                        Finder { x: 14 * sheet.module }
                        Finder { y: 14 * sheet.module }

                        Repeater {
                            // Where a module is black, row by row: only the look of a code, no text is in it.
                            model: [[8, 0], [10, 0], [9, 1], [12, 1], [8, 2], [11, 2], [10, 3], [12, 3], [8, 4], [9, 4], [11, 5], [8, 6], [10, 6], [12, 6], [0, 8], [2, 8], [3, 8], [6, 8], [9, 8], [11, 8], [14, 8], [15, 8], [18, 8], [20, 8], [1, 9], [4, 9], [7, 9], [10, 9], [13, 9], [16, 9], [19, 9], [0, 10], [3, 10], [5, 10], [8, 10], [12, 10], [14, 10], [17, 10], [18, 10], [2, 11], [6, 11], [9, 11], [10, 11], [15, 11], [20, 11], [1, 12], [4, 12], [7, 12], [11, 12], [13, 12], [16, 12], [19, 12], [8, 14], [10, 14], [14, 14], [17, 14], [20, 14], [9, 15], [12, 15], [15, 15], [18, 15], [8, 16], [11, 16], [14, 16], [16, 16], [19, 16], [10, 17], [13, 17], [17, 17], [8, 18], [12, 18], [15, 18], [20, 18], [9, 19], [11, 19], [16, 19], [18, 19], [8, 20], [13, 20], [14, 20], [17, 20]]

                            Rectangle {
                                required property var modelData
                                x: modelData[0] * sheet.module
                                y: modelData[1] * sheet.module
                                width: sheet.module
                                height: sheet.module
                                color: "black"
                            }
                        }
                    }

                    Rectangle {
                        x: code.x
                        anchors.bottom: parent.bottom
                        anchors.bottomMargin: Math.round(parent.height * 0.06)
                        width: Math.round(parent.width * 0.62)
                        height: 6
                        color: "#C3CFD1"
                    }
                }
            }

            GridLayout {
                id: ways
                anchors.bottom: parent.bottom
                anchors.bottomMargin: 16
                x: root.inset + Theme.margin
                width: sheets.width - 2 * x
                columns: Theme.narrow || Theme.textScale > 1.3 ? 1 : 2
                columnSpacing: 12
                rowSpacing: 12

                Choice {
                    objectName: "openFile"
                    text: qsTr("Open a file")
                    glyph: "file"
                    centred: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 100
                    onClicked: root.openFile()
                }

                Choice {
                    objectName: "typeIt"
                    text: qsTr("Type it")
                    glyph: "keys"
                    centred: true
                    Layout.fillWidth: true
                    Layout.preferredWidth: 100
                    onClicked: root.page.choose("form")
                }
            }
        }
    }

    PracticeTile {
        id: practice
        objectName: "practice"
        anchors.bottom: parent.bottom
        width: parent.width
        inset: root.inset
        detail: qsTr("Practise first: try everything, nothing is real.")
        onClicked: root.page.practise()
    }
}
