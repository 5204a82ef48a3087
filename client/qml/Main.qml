import QtQuick
import "parts"

// The window. Its first frame needs nothing of ours; the shell comes when the heavier libraries are there.
Window {
    id: window

    property QtObject shell: null
    property string theme: "system"

    width: Math.min(1280, Screen.width)
    height: Math.min(800, Screen.height)
    minimumWidth: 360
    minimumHeight: 560
    visible: true
    title: qsTr("Wardstock")
    color: Theme.paper
    onShellChanged: frame.fill()
    Component.onCompleted: frame.fill()

    Binding {
        target: Theme
        property: "wanted"
        value: window.theme
        when: window.shell === null
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

        function fill() { if (window.shell !== null && status === Loader.Null) setSource("Frame.qml", { shell: window.shell }) }
    }
}
