pragma ComponentBehavior: Bound
import QtQuick
import QtQuick.Layouts
import QtQuick.Templates as T
import ".."

// A row of a list: ring or icon, name, lot and day, badge, quantity. Full width, hairline below, tinted by its answer.
// What few rows have is made for those alone: a list is built row by row while somebody waits.
T.AbstractButton {
    id: root

    property real share: -1
    property string glyph: ""
    property string tone: ""
    property string mark: ""
    property bool chosen: false
    property string detail: ""
    property string second: ""
    property string number: ""
    property string unit: ""
    property string badge: ""
    property string badgeGlyph: ""
    property string badgeTone: ""
    property bool onward: false
    property bool listed: false  // the arrow keys of its list lead to it
    readonly property list<string> told: [detail, second].filter(part => part !== "")
    // Mirrored, each part is isolated and the sentence runs right to left: else lot and day change places.
    readonly property string joined: LayoutMirroring.enabled ? "\u200f" + told.map(part => "\u2068" + part + "\u2069").join(" · ") : told.join(" · ")
    readonly property bool below: Theme.textScale >= 1.5
    readonly property bool stacked: Theme.width < 400 && second !== ""

    implicitHeight: Math.max(Theme.row, implicitContentHeight + topPadding + bottomPadding)
    leftPadding: Theme.margin
    rightPadding: Theme.margin
    topPadding: 10
    bottomPadding: 10
    focusPolicy: listed ? Qt.NoFocus : Qt.TabFocus
    Accessible.name: [text, detail, second, number, unit, badge].filter(part => part !== "").join(", ")
    Keys.onReturnPressed: root.click()
    Keys.onEnterPressed: root.click()

    background: Rectangle {
        color: root.tone !== "" ? Theme.soft(root.tone) : root.chosen || root.down ? Theme.actSoft : Theme.surface

        Loader {
            active: root.tone !== "" || root.chosen
            anchors.left: parent.left
            width: 8
            height: parent.height
            sourceComponent: Rectangle {
                color: root.tone !== "" ? Theme.back(root.tone) : Theme.main
            }
        }

        Rectangle {
            anchors.bottom: parent.bottom
            width: parent.width
            height: Theme.thin
            color: Theme.hair
        }

        Loader {
            active: root.activeFocus
            anchors.fill: parent
            sourceComponent: FocusRing {
                control: root
                rounding: 0
                inside: true
            }
        }
    }

    Component {
        id: quantity

        Quantity {
            number: root.number
            unit: root.unit
        }
    }

    contentItem: RowLayout {
        spacing: Theme.close ? 8 : 14

        Item {
            implicitWidth: Theme.grown(42)
            implicitHeight: Theme.grown(40)
            visible: root.share >= 0 || root.glyph !== "" || root.mark !== ""

            Loader {
                anchors.centerIn: parent
                active: root.share >= 0 || root.mark !== ""
                sourceComponent: Ring {
                    share: Math.max(0, root.share)
                    tone: root.mark
                }
            }

            Loader {
                anchors.centerIn: parent
                active: root.share < 0 && root.mark === "" && root.glyph !== ""
                sourceComponent: Icon {
                    name: root.glyph
                    size: 32
                    color: Theme.actText
                }
            }
        }

        ColumnLayout {
            Layout.fillWidth: true
            spacing: 1

            Words {
                Layout.fillWidth: true
                text: root.text
                bold: true
                size: Theme.body
            }

            Words {
                Layout.fillWidth: true
                visible: text !== ""
                text: root.stacked ? root.detail : root.joined
                anywhere: Theme.cramped
                color: Theme.ink2
            }

            Loader {
                Layout.fillWidth: true
                active: root.stacked
                visible: active
                sourceComponent: Words {
                    text: root.second
                    color: Theme.ink2
                }
            }

            Loader {
                active: root.badge !== ""
                visible: active
                Layout.topMargin: 3
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth
                sourceComponent: Badge {
                    text: root.badge
                    glyph: root.badgeGlyph
                    tone: root.badgeTone
                }
            }

            Loader {
                active: root.below && root.number !== ""
                visible: active
                Layout.fillWidth: true
                Layout.maximumWidth: implicitWidth
                sourceComponent: quantity
            }
        }

        Loader {
            active: !root.below && root.number !== ""
            visible: active
            sourceComponent: quantity
        }

        Loader {
            active: root.onward
            visible: active
            Layout.leftMargin: Theme.close ? -8 : 0  // it is drawn in the middle third of its place
            Layout.rightMargin: Theme.close ? -8 : 0
            sourceComponent: Icon {
                name: "forward"
                size: 28
                color: Theme.actText
            }
        }
    }
}
