pragma Singleton
import QtQuick

// The drawings of all icons: grid 24, live area 3 to 21, stroke 2, round caps, no fill.
QtObject {
    readonly property var paths: ({
        "back": "M15 5 L8 12 L15 19",
        "forward": "M9 5 L16 12 L9 19",
        "arrow": "M3 12 H21 M15 6 L21 12 L15 18",
        "receive": "M12 3 V14 M7 9.5 L12 14.5 L17 9.5 M3.5 14 V20 H20.5 V14",
        "outbox": "M12 15 V4 M7 8.5 L12 3.5 L17 8.5 M3.5 14 V20 H20.5 V14",
        "check": "M4.5 12.5 L9.5 17.5 L19.5 6.5",
        "question": "M8 8 C8 3.2 16 3.2 16 8 C16 11 12 11 12 14.5 M12 19.5 V19.6",
        "cross": "M5.5 5.5 L18.5 18.5 M18.5 5.5 L5.5 18.5",
        "warning": "M12 4 L21 20 H3 Z M12 10 V14 M12 17 V17.1",
        "scan": "M3 8 V4 H7 M17 4 H21 V8 M21 16 V20 H17 M7 20 H3 V16 M8 9 V15 M12 9 V15 M16 9 V15",
        "undo": "M8 5 L4 9 L8 13 M4 9 H15 C21 9 21 18 15 18 H9",
        "person": "M12 12 A4.2 4.2 0 1 0 12 3.6 A4.2 4.2 0 1 0 12 12 M4 20.5 C4 13.5 20 13.5 20 20.5",
        "clock": "M12 3.5 A8.5 8.5 0 1 0 12 20.5 A8.5 8.5 0 1 0 12 3.5 M12 7.5 V12 L15 14",
        "box": "M12 3 L20 7.5 V16.5 L12 21 L4 16.5 V7.5 Z M4.3 7.6 L12 12 L19.7 7.6 M12 12 V20.8",
        "shelf": "M4 3 V21 M20 3 V21 M4 10 H20 M4 18 H20 M8 10 V6 H15 V10",
        "erase": "M8.5 6 H21 V18 H8.5 L3 12 Z M11.5 9.5 L16.5 14.5 M16.5 9.5 L11.5 14.5",
        "offline": "M4 4 L20 20 M3 9.5 C4.6 8 6.2 7 8 6.4 M12 5.6 C15.4 5.6 18.4 7 21 9.5 M6.3 13 C7.4 12 8.6 11.3 10 11 M15 11.6 C16 12 16.9 12.4 17.7 13 M12 18.5 V18.6",
        "online": "M3 9.5 C8.2 4.4 15.8 4.4 21 9.5 M6.3 13 C9.6 10 14.4 10 17.7 13 M9.4 16 C11 14.7 13 14.7 14.6 16 M12 19.3 V19.4",
        "calendar": "M4 5.5 H20 V20 H4 Z M4 10 H20 M8.5 3 V7 M15.5 3 V7",
        "file": "M6 3 H13.5 L18.5 8 V21 H6 Z M13.5 3 V8 H18.5",
        "keys": "M3 6 H21 V18 H3 Z M7 10 V10.1 M12 10 V10.1 M17 10 V10.1 M8.5 14 H15.5",
        "practice": "M12 5 L22 10 L12 15 L2 10 Z M6.5 12.5 V17 C9 19.6 15 19.6 17.5 17 V12.5",
        "waiting": "M6 3.5 H18 M6 20.5 H18 M7.5 3.5 C7.5 9.5 12 9.5 12 12 C12 14.5 7.5 14.5 7.5 20.5 M16.5 3.5 C16.5 9.5 12 9.5 12 12 C12 14.5 16.5 14.5 16.5 20.5",
        "lock": "M5 11 H19 V20 H5 Z M8 11 V7.5 C8 2.6 16 2.6 16 7.5 V11",
        "home": "M3.5 11.5 L12 4 L20.5 11.5 M6 9.5 V20 H18 V9.5 M12 15 V15.1",
        "plus": "M12 4.5 V19.5 M4.5 12 H19.5",
        "minus": "M4.5 12 H19.5",
        "more": "M5 12 V12.1 M12 12 V12.1 M19 12 V12.1",
        "search": "M10.5 4 A6.5 6.5 0 1 0 10.5 17 A6.5 6.5 0 1 0 10.5 4 M15.3 15.3 L20.5 20.5"
    })

    // These point along the reading direction; check, ring, undo and digits do not turn.
    readonly property var turning: ["back", "forward", "arrow"]
}
