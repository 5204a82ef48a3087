import QtQuick
import "parts"

// The window. Its first frame needs nothing of ours; the shell comes when the heavier libraries are there.
Window {
    id: window

    property QtObject shell: null
    property QtObject setup: null
    property QtObject unlock: null
    property string theme: "system"

    width: Math.min(1280, Screen.width)
    height: Math.min(800, Screen.height)
    minimumWidth: 360
    minimumHeight: 560
    visible: true
    title: qsTr("Wardstock")
    color: Theme.paper
    // Not within the assignment: Python holds its lock while it sets a property, and the thread that reads these files
    // asks Python for its words (client/pages/catalogue.py). Each would wait for the other.
    onShellChanged: Qt.callLater(frame.fill)
    onSetupChanged: Qt.callLater(frame.fill)
    onUnlockChanged: Qt.callLater(frame.fill)
    Component.onCompleted: frame.fill()

    Binding {
        target: Theme
        property: "wanted"
        value: window.theme
        when: window.shell === null && window.setup === null && window.unlock === null
    }

    Rectangle {
        width: parent.width
        height: Theme.header
        color: Theme.bar

        Mark {
            x: 16
            anchors.verticalCenter: parent.verticalCenter
        }
    }

    Loader {
        id: frame
        anchors.fill: parent
        focus: true

        // A device that is shut, or being set up, has a frame of its own; then that of the ward takes its place.
        function fill() { window.unlock !== null ? setSource("Unlock.qml", { page: window.unlock }) : window.shell !== null ? setSource("Frame.qml", { shell: window.shell }) : window.setup !== null ? setSource("Setup.qml", { page: window.setup }) : setSource("") }
    }
}
