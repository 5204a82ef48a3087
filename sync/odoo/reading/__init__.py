"""What is read from Odoo: master data, open documents, stock, and what it holds of ours."""
