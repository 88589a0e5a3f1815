"""THE DAY: the order of events, and every yuan. A marketer can audit the whole economics here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.brand import Brands, Micro
from sim.crowd.columns import Columns, Sales
from sim.ledger import Ledger
from sim.market import Market

if TYPE_CHECKING:
    from sim.crowd.agents import Agents


def live_one_day(
    day: int, acquiring: bool, brands: Brands, square: Market, crowd: Columns | Agents, books: Ledger
) -> None:
    """Let every world live through one day; ``acquiring`` is false in the run-out, when nobody new is sought."""

    def pay(account: str, amount: Micro, *, on_new_customers: bool = False, on_pool: bool = False) -> None:
        books.post(day, account, amount)
        brands.spend(amount, on_new_customers=on_new_customers, on_pool=on_pool)

    def earn(account: str, orders: str, sales: Sales) -> None:
        if not sales.orders.any():
            return
        books.post(day, account, sales.revenue)
        books.post(day, "discounts", sales.discounts)
        books.post(day, "cost_of_goods", sales.goods)
        books.count(day, orders, sales.orders)

    brands.wake_up(day)
    square.open(day, brands.bid_ceiling_cny(day))
    crowd.wake_up(day)

    # The pool: attention is owned, and can be worn out.
    staff = brands.staff_due(crowd.members)
    paid = np.minimum(staff, brands.upkeep_money)
    pay("staff", paid, on_pool=True)
    books.count(day, "underserved", paid < staff)

    # Everybody lives: needs are caught by the pool, or return by themselves, or must be bought back.
    from_pool, by_itself = crowd.live(brands.messages_today(paid == staff))
    earn("repeat_pool", "orders_pool", from_pool)
    earn("repeat_by_itself", "orders_by_itself", by_itself)
    price = brands.price_of_buying_back(square.click_price_micro)
    bought_back = crowd.buy_back(brands.affordable_back(price))
    earn("repeat_bought_back", "orders_bought_back", bought_back)
    pay("ads_recontact", bought_back.orders * price)

    # Some are customers from today on; the door stands open for friends and passers-by ...
    crowd.start_customers(brands.invites)
    crowd.open_door(brands.door_is_open(), brands.gift_cny, brands.gifts_affordable())
    earn("first_referred", "orders_first_referred", crowd.arrive_invited())
    if acquiring:
        earn("first_free", "orders_first_free", crowd.arrive_visitors())

    # ... and for the public square, where attention is rented with what is left.
    gifts = crowd.gifts * brands.gift_micro
    pay("join_gifts", gifts, on_pool=True)
    ad_money = brands.ad_money(books.money_yesterday(day, "join_gifts") - gifts) * acquiring
    clicked, clicks, spent = crowd.arrive_clicked(square, ad_money)
    earn("first_paid", "orders_first_paid", clicked)
    pay("ads_new", spent, on_new_customers=True)
    pay("join_gifts", crowd.gifts * brands.gift_micro - gifts, on_pool=True)
    square.close(ad_money)

    # In the evening members talk, and everybody is counted.
    crowd.invite()
    books.count_all(day, crowd.census())
    books.count(day, "clicks", clicks)
    books.count(day, "click_price", square.click_price_micro)
    books.count(day, "clicks_offered", np.rint(square.clicks_offered))
