pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ".."

// How it stands with Odoo: reached or not, what is kept here, how old its numbers are. Pressing it tries now.
T.AbstractButton {
    id: root

    required property bool online
    required property bool tried
    required property string trouble
    required property int unsent
    required property string since
    required property string lastSync
    readonly property string kept: unsent > 0 ? since === "" ? qsTr("%n saved here", "", unsent) : qsTr("%n saved here since %1", "", unsent).arg(since) : qsTr("Nothing unsent")
    readonly property string known: lastSync === "" ? qsTr("Odoo not yet read") : qsTr("Odoo at %1").arg(lastSync)
    readonly property string detail: qsTr("%1, %2").arg(kept).arg(known)

    text: trouble !== "" ? trouble : online ? qsTr("Connected to Odoo") : tried ? qsTr("No network, nothing is lost") : qsTr("Looking for Odoo")
    implicitHeight: Math.max(88, implicitContentHeight + 24)
    leftPadding: Theme.margin
    rightPadding: Theme.margin
    focusPolicy: Qt.TabFocus
    Accessible.name: text
    Accessible.description: detail
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    background: Rectangle {
        color: root.down ? Theme.actSoft : Theme.surface

        Rectangle {
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        FocusRing {
            control: root
            rounding: 0
            inside: true
        }
    }

    contentItem: RowLayout {
        spacing: 14

        Rectangle {
            visible: !Theme.cramped
            implicitWidth: Theme.grown(48)
            implicitHeight: implicitWidth
            radius: Theme.radius
            color: Theme.sunken

            Icon {
                anchors.centerIn: parent
                name: root.online ? "online" : root.tried ? "offline" : "search"
                size: 28
            }
        }

        ColumnLayout {
            spacing: 1
            Layout.fillWidth: true

            Words {
                Layout.fillWidth: true
                text: root.text
                bold: true
                size: Theme.body
            }

            Words {
                Layout.fillWidth: true
                visible: !Theme.cramped
                text: root.detail
                color: Theme.ink2
            }
        }

        Icon {
            name: "forward"
            size: 28
            color: Theme.actText
        }
    }
}
