"""The papers around issuing, as .docx and PDF."""
