"""What subscribers are told: which changes a subscription is about, mail, and the events of webhooks.

Nothing here writes, and nothing here sends but `posting`.
"""
