pragma ComponentBehavior: Bound
import QtQuick
import ".."

// All text: plain, wrapped and never cut, aligned to the reading side.
Text {
    property bool bold: false
    property int size: Theme.small
    property bool anywhere: false  // an address or a code: it may go on below at any sign

    color: Theme.ink
    font.pixelSize: size
    font.weight: bold ? Font.Bold : Font.Normal
    font.features: { "tnum": 1 }
    horizontalAlignment: Text.AlignLeft
    textFormat: Text.PlainText
    wrapMode: Text.Wrap
}
