"""What the world does to us: expired, offline, refused. Everything else that is raised is a bug."""


class WardstockError(Exception):
    """Something a person or the network did; shown through `client.messages`, never as a traceback.

    `code` names the sentence, `facts` fill it. Facts are plain values (text, numbers, days), so that they can
    be stored with a refused transaction and shown again after a restart.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts

    def __str__(self) -> str:
        told = ", ".join(f"{name}={value}" for name, value in self.facts.items())
        return f"{self.code} ({told})" if told else self.code
