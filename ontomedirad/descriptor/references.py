from ontomedirad.descriptor.read import Document
from ontomedirad.report import Finding
def refer(document: Document) -> list[Finding]:
    return []
