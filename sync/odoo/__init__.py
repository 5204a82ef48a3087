"""The wire: the only HTTP and the only Odoo field names. What goes over it stands in the contract facts."""
