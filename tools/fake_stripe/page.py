"""The page to pay on. It says what it is, in both languages, before anything else."""

from __future__ import annotations

from html import escape
from typing import Final

from tools.fake_stripe.objects import Thing

WORDS: Final = {
    "en": {
        "title": "Pay by card (not Stripe)",
        "pay": "Pay",
        "number": "Card number",
        "hint": "4242 4242 4242 4242 is taken, 4000 0000 0000 0002 is declined, 4000 0000 0000 0259 is disputed later.",
        "cancel": "Back without paying",
        "declined": "Your card was declined. Try another test number.",
        "over": "This page has closed. Nothing can be paid here any more.",
    },
    "zh": {
        "title": "银行卡支付（并非 Stripe）",
        "pay": "支付",
        "number": "卡号",
        "hint": "4242 4242 4242 4242 支付成功，4000 0000 0000 0002 被拒，4000 0000 0000 0259 之后发生争议。",
        "cancel": "不支付，返回",
        "declined": "银行卡被拒。请换一个测试卡号。",
        "over": "此页面已关闭，不能再支付。",
    },
}
LABEL: Final = 'This is not Stripe. No money moves. <span lang="zh-Hans">这不是 Stripe，不会动用任何资金。</span>'
STYLE: Final = """
body { margin: 0; font: 17px/1.5 system-ui, sans-serif; color: #1b1b2f; background: #f4f4f7; }
.label { margin: 0; padding: 1rem; font-weight: 700; text-align: center;
  background: repeating-linear-gradient(-45deg, #ffd84d 0 18px, #ffe58a 18px 36px); }
main { max-width: 26rem; margin: 2rem auto; padding: 1.5rem; background: #fff;
  border: 1px solid #d8d8e2; border-radius: 12px; }
@media (max-width: 30rem) { main { margin: 1rem; } }
h1 { margin: 0 0 .25rem; font-size: 1.25rem; }
.amount { margin: 0 0 1.25rem; font-size: 2rem; font-weight: 700; }
label { display: block; font-weight: 600; }
.hint { margin: .25rem 0 .5rem; color: #55556b; font-size: .9rem; }
input { box-sizing: border-box; width: 100%; padding: .7rem; font: inherit;
  border: 1px solid #74748a; border-radius: 8px; }
button { width: 100%; margin-top: 1rem; padding: .8rem; font: inherit; font-weight: 700; color: #fff;
  background: #24408e; border: 0; border-radius: 8px; }
a { color: #24408e; }
.error { color: #a3121f; font-weight: 600; }
"""


def page(session: Thing, *, is_declined: bool = False) -> str:
    """The page of a session, in the language it was opened in."""
    lang = "zh" if str(session["locale"]).startswith("zh") else "en"
    words, name = WORDS[lang], escape(str(session["about"]))
    amount = f"{session['amount_total'] / 100:,.2f} {session['currency'].upper()}"
    error = f'<p class="error" role="alert">{words["declined"]}</p>' if is_declined else ""
    form = f"""<form method="post">
      <label for="number">{words["number"]}</label><p class="hint" id="hint">{words["hint"]}</p>{error}
      <input id="number" name="number" inputmode="numeric" autocomplete="off" aria-describedby="hint" required>
      <button>{words["pay"]} {amount}</button></form>"""
    if session["status"] != "open":
        form = f"<p>{words['over']}</p>"
    back = escape(session["cancel_url"] or "/", quote=True)
    return f"""<!doctype html>
<html lang="{"zh-Hans" if lang == "zh" else "en"}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{words["title"]}</title><link rel="icon" href="data:,"><style>{STYLE}</style></head>
<body><header><p class="label">{LABEL}</p></header><main><h1>{name}</h1><p class="amount">{amount}</p>{form}
<p><a href="{back}">{words["cancel"]}</a></p></main></body></html>"""
