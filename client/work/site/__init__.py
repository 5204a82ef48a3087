"""What the site decided and who works there: policy, people, holds."""
