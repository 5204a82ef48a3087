"""View-models: one QObject per page. They say what is true; QML says how it looks."""
