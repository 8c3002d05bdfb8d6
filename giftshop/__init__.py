"""The gift shop: firms order gift books, recipients redeem them, staff dispatch the parcels.

The main job flows down one street, and the packages are its houses:

    catalogue -> orders -> payments -> cards -> production -> redemption -> fulfilment

    privacy        what is known of people, and forgetting it
    safekeeping    backups, the journal of redemptions, keys
    desks          pages that read across rooms: the machine room
    liability      what is owed to whom, as of any day, and whether the books add up
    billing        invoices, credit notes, receipts; a firm's statement of account
    brochures      gifts on paper, for whoever decides
    demo           firms, people and goods to try it with
    campaigns      many gifts for one occasion: nominated, reviewed, decided, sent in one window
    extensions     a firm gives a programme more time, free or for a fee
    topups         a firm puts more on cards that it gave: paid, then card by card
    hotline        calls: what staff do for a holder on the telephone
    orders         a firm's way in: draft, proof, approval, placed
    redemption     a recipient's way in: code, choice, address
    production     the print run, and who held it
    ecards         cards sent as links, by e-mail or text message
    fulfilment     shipments: pick, pack, hand over, deliver
    cards          programmes, batches, cards and their codes
    payments       what is expected, and whether it came
    wishes         favourites, a firm's lists, what readers of a list say, gifts side by side
    shop           the window: what visitors see first, collections, search, a page for each gift
    giftsets       sets that firms put together: items, packaging, decorations, a card
    branding       firms' logos
    stock          what is there, and for whom it is kept
    catalogue      items, and the editions of gift books that offer them
    ledger         what is owed to whom, in entries that sum to zero
    accounts       firms, members, staff, and how each comes in
    onetime        codes sent to a phone or a mailbox, typed in to prove it
    alarms         what does not look right, until somebody has looked
    notifications  mails and text messages
    listing        lists that people sort, narrow and export
    paper          HTML to PDF, cards, QR codes, fonts
    addresses      their form by country, places of China, telephone numbers
    tabular        tables that people upload and download
    imaging        pictures of strangers, opened within limits
    schema         migrations, and what a database was made for
    web            what every page shares
    jobs           work promised in a transaction
    audit          who did what, when, sealed into a chain
    kernel         money, time, people, codes, errors: pure

`application.create_app` puts them together, `worker` runs the jobs, `db` is the only place that commits. Who may call
whom: docs/architecture.md, and the layers in pyproject.toml.
"""
