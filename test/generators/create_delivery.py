"""Creates a delivery with the generated client, as a partner would, and reads it back.

Requires the parent of the client's folder on PYTHONPATH, and DELAUTO_URL, DELAUTO_KEY, DELAUTO_PHONE, DELAUTO_ZONE in the environment.
"""

import json
import os
from datetime import datetime, timedelta, timezone

from delauto_client.api.deliveries import create_delivery, get_delivery
from delauto_client.client import AuthenticatedClient
from delauto_client.models import CustomerInput, CustomerInputLegalBasis, Delivery, DeliveryInput, Parcel, TimeWindow

client = AuthenticatedClient(base_url=os.environ["DELAUTO_URL"], token=os.environ["DELAUTO_KEY"], timeout=30)
start = datetime.now(timezone.utc).replace(microsecond=0) + timedelta(days=3)
delivery = DeliveryInput(
    reference="made-by-python",
    window=TimeWindow(start=start, end=start + timedelta(hours=3)),
    customer=CustomerInput(
        name="Maria Lopez",
        phone=os.environ["DELAUTO_PHONE"],
        position=[-87.6298, 41.8781],
        zone=os.environ["DELAUTO_ZONE"],
        address="233 S Wacker Dr, Chicago, IL 60606",
        legal_basis=CustomerInputLegalBasis.CONSENT,
    ),
    parcel=Parcel(description="a new bicycle", weight_grams=12500),
)
created = create_delivery.sync(client=client, body=delivery, idempotency_key="made-by-python-1")
if not isinstance(created, Delivery):
    raise SystemExit(f"The delivery was not created: {created}")
read = get_delivery.sync(created.delivery_id, client=client)
if not isinstance(read, Delivery) or read.window.start != start:
    raise SystemExit(f"The delivery could not be read back: {read}")
print(json.dumps({"deliveryId": created.delivery_id}))
