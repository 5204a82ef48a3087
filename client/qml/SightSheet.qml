pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Dialogs
import QtQuick.Layouts
import Wardstock
import "parts"

// A camera or a picture as a scanner, over the page: the last answer, what to scan, the live picture, the way back.
Rectangle {
    id: root

    required property Sight sight
    required property string next
    property bool answering: true  // no other band is in view
    readonly property bool comparing: sight.state === "choose"
    readonly property bool watching: sight.state === "camera"
    readonly property bool stacked: Theme.cramped || (Theme.textScale > 1 && width < 330 * Theme.textScale)

    color: Theme.paper
    Accessible.role: Accessible.Grouping
    Accessible.name: qsTr("Camera")

    // What lies below is not pressed through it.
    TapHandler { gesturePolicy: TapHandler.ReleaseWithinBounds }
    WheelHandler {}

    FileDialog {
        id: files
        title: qsTr("A picture of a code")
        fileMode: FileDialog.OpenFiles
        nameFilters: [qsTr("Pictures and films (%1)").arg("*.png *.jpg *.jpeg *.webp *.bmp *.tif *.tiff *.gif *.mp4 *.mov *.avi *.mkv *.webm *.m4v"), qsTr("All files (%1)").arg("*")]
        onAccepted: root.sight.take(files.selectedFiles)
    }

    ScanBand {
        id: band
        objectName: "sightBand"
        visible: root.answering
        height: visible ? implicitHeight : 0
        width: parent.width
        tone: root.sight.band.tone
        title: root.sight.band.title
        detail: root.sight.band.detail
        times: root.sight.band.times
    }

    QuestionHead {
        id: head
        anchors.top: band.bottom
        width: parent.width
        title: root.watching && root.sight.live ? root.next : root.sight.title
        hint: root.watching && root.sight.live ? qsTr("Hold the code inside the frame.") : root.sight.detail
    }

    LivePicture {
        visible: root.watching && !root.sight.troubled
        anchors.top: head.bottom
        anchors.bottom: bar.top
        width: parent.width
        sight: root.sight

        Icon {
            anchors.centerIn: parent
            visible: !root.sight.live
            name: "camera"
            size: 72
            color: Theme.barInk
        }
    }

    Flickable {
        id: instead
        visible: root.watching && root.sight.troubled
        anchors.top: head.bottom
        anchors.bottom: bar.top
        width: parent.width
        contentHeight: ways.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        ColumnLayout {
            id: ways
            x: Theme.margin
            y: 8
            width: instead.width - 2 * Theme.margin
            spacing: 12

            Choice {
                objectName: "cameraAgain"
                text: qsTr("Try again")
                glyph: "camera"
                Layout.fillWidth: true
                Layout.minimumHeight: 76
                onClicked: root.sight.again()
            }

            Choice {
                text: qsTr("Read a picture")
                detail: qsTr("A file; or drop it here, or paste it with Ctrl+V")
                glyph: "picture"
                Layout.fillWidth: true
                onClicked: files.open()
            }
        }
    }

    EmptyState {
        visible: root.sight.state === "reading"
        anchors.centerIn: parent
        width: parent.width - 4 * Theme.margin
        glyph: "picture"
        text: qsTr("Looking for codes")
    }

    Flickable {
        id: compared
        visible: root.comparing
        anchors.top: head.bottom
        anchors.bottom: bar.top
        width: parent.width
        contentHeight: doubts.implicitHeight + 2 * Theme.margin
        boundsBehavior: Flickable.StopAtBounds
        clip: true

        Doubts {
            id: doubts
            objectName: "doubts"
            x: Theme.margin
            y: 4
            width: Math.min(compared.width, Theme.column + 2 * Theme.margin) - 2 * Theme.margin
            sight: root.sight
        }
    }

    Rectangle {
        id: bar
        anchors.bottom: parent.bottom
        width: parent.width
        height: foot.implicitHeight + 32
        color: Theme.paper

        Rectangle {
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        component Small: Pressable {
            id: small
            property string glyph: ""

            Layout.preferredWidth: Math.max(88, implicitWidth)
            Layout.fillWidth: root.stacked
            Layout.fillHeight: true
            Layout.minimumHeight: Theme.cramped ? 56 : 72
            leftPadding: 8
            rightPadding: 8

            contentItem: ColumnLayout {
                spacing: 2

                Item { Layout.fillHeight: true }

                Icon {
                    visible: !Theme.cramped
                    name: small.glyph
                    Layout.alignment: Qt.AlignHCenter
                }

                Words {
                    text: small.text
                    bold: true
                    Layout.alignment: Qt.AlignHCenter
                }

                Item { Layout.fillHeight: true }
            }
        }

        ColumnLayout {
            id: foot
            anchors.fill: parent
            anchors.margins: 16
            anchors.leftMargin: Theme.margin
            anchors.rightMargin: Theme.margin
            spacing: 12

            Choice {
                objectName: "doubtYes"
                visible: root.comparing && root.sight.single
                text: qsTr("Yes, it is printed so")
                glyph: "check"
                Layout.fillWidth: true
                onClicked: root.sight.chooseFirst()
            }

            Choice {
                objectName: "doubtNo"
                visible: root.comparing
                text: root.sight.single ? qsTr("No, something else is printed") : qsTr("None of them")
                glyph: "cross"
                Layout.fillWidth: true
                onClicked: root.sight.refuse()
            }

            Choice {
                objectName: "shoot"
                visible: root.sight.photographing && root.sight.live && !root.sight.troubled
                text: qsTr("Take the photo")
                glyph: "camera"
                centred: true
                Layout.fillWidth: true
                onClicked: root.sight.shoot()
            }

            GridLayout {
                visible: !root.comparing
                columns: root.stacked ? 2 : 3
                columnSpacing: 12
                rowSpacing: 8
                Layout.fillWidth: true

                Small {
                    objectName: "pictureFile"
                    visible: !root.sight.troubled
                    text: qsTr("Picture")
                    glyph: "picture"
                    onClicked: files.open()
                }

                Small {
                    objectName: "otherCamera"
                    visible: root.sight.several && root.watching
                    text: qsTr("Other")
                    Accessible.name: qsTr("Other camera")
                    Accessible.description: root.sight.name
                    glyph: "camera"
                    onClicked: root.sight.other()
                }

                MainAction {
                    objectName: "closeSight"
                    text: qsTr("Close")
                    glyph: "cross"
                    Layout.columnSpan: root.stacked ? 2 : 1
                    Layout.fillWidth: true
                    Layout.fillHeight: true
                    Layout.minimumHeight: implicitHeight
                    onClicked: root.sight.close()
                }
            }
        }
    }
}
