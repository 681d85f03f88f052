"""Policies: which declared measures an officer has confirmed against a document, and what they give a person today."""
