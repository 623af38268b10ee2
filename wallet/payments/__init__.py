"""Payments and loose notes that terminals report: intake, and the rows it leaves."""
