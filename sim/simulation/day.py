"""THE DAY: the order of events, and every yuan. A marketer can audit the whole economics here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from sim.customers.columns import Columns
from sim.customers.sales import Sales
from sim.kernel.ledger import Ledger
from sim.market.market import Market
from sim.simulation.brand import Brands, Micro

if TYPE_CHECKING:
    from sim.customers.agents import Agents


def live_one_day(
    day: int, acquiring: bool, brands: Brands, square: Market, crowd: Columns | Agents, books: Ledger
) -> None:
    """Let every world live through one day; ``acquiring`` is false in the run-out, when nobody new is sought."""
    today = _Day(day, brands, square, crowd, books)
    brands.wake_up(day)
    square.open(day, brands.bid_ceiling_cny(day))
    crowd.wake_up(day)
    crowd.promise_rewards(brands.promises)
    crowd.feel_the_brand(brands.targeting, brands.quality)

    today.tend_the_pool()
    today.meet_needs()
    today.open_the_door()
    if acquiring:
        today.receive_visitors()
    today.give_gifts()
    if acquiring:
        today.buy_clicks()
    today.close()


class _Day:
    """One day of every world: who pays whom for what."""

    def __init__(self, day: int, brands: Brands, square: Market, crowd: Columns | Agents, books: Ledger) -> None:
        self.day, self.brands, self.square, self.crowd, self.books = day, brands, square, crowd, books
        self.ad_money = np.zeros_like(brands.purse)

    def pay(self, account: str, amount: Micro, *, on_new_customers: bool = False, on_pool: bool = False) -> None:
        """Spend money of the brand."""
        if not np.count_nonzero(amount):
            return
        self.books.post(self.day, account, amount)
        self.brands.spend(amount, on_new_customers=on_new_customers, on_pool=on_pool)

    def earn(self, account: str, orders: str, sales: Sales) -> None:
        """Book orders, and what reduces what they bring."""
        if not np.count_nonzero(sales.orders):
            return
        self.books.post(self.day, account, sales.revenue)
        self.books.give_up(self.day, sales.given_up)
        self.books.count(self.day, orders, sales.orders)

    def tend_the_pool(self) -> None:
        """Attention is owned, and can be worn out; but the house is the platform's. Staff and accounts come first."""
        brands, crowd, books = self.brands, self.crowd, self.books
        lost_share, sanctioned = brands.under_the_platform(self.day, crowd.members)
        crowd.lose_accounts(brands.accounts(crowd.members), lost_share, brands.recovered_share)
        books.count(self.day, "sanctioned", sanctioned)
        self.followers = crowd.followers
        elsewhere = brands.messages.accounts(self.day, self.followers)
        staff = brands.staff_due(crowd.members) + brands.bonuses_due
        tools = brands.accounts_due(crowd.members, elsewhere)
        paid = np.minimum(staff, brands.upkeep_money)
        self.pay("staff", paid, on_pool=True)
        paid_tools = np.minimum(tools, brands.upkeep_money)
        self.pay("accounts", paid_tools, on_pool=True)
        self.served = (paid == staff) & (paid_tools == tools)
        books.count(self.day, "underserved", ~self.served)

    def meet_needs(self) -> None:
        """Everybody lives: needs are caught by the pool, or return by themselves, or must be bought back."""
        brands, crowd = self.brands, self.crowd
        active = self.books.count_yesterday(self.day, "active")
        brands.plan_messages(self.day, self.served, crowd.members, active)
        messages = brands.messages
        self.pay("events", messages.events_due, on_pool=True)
        self.pay("staff", messages.care_due, on_pool=True)
        put_aside = messages.spread_within(brands.upkeep_money, self.followers)
        messages.win_back_within(brands.upkeep_money - put_aside, crowd.members, crowd.due_to_be_won_back)
        from_pool, by_itself = crowd.live(messages.today)
        self.pay("accounts", crowd.charged, on_pool=True)
        self.pay("ads_recontact", messages.win_back_cost(crowd.win_backs), on_pool=True)
        self.earn("repeat_pool", "orders_pool", from_pool)
        self.earn("repeat_by_itself", "orders_by_itself", by_itself)
        price = brands.price_of_buying_back(self.square.click_price_micro)
        bought_back = crowd.buy_back(brands.affordable_back(price))
        self.earn("repeat_bought_back", "orders_bought_back", bought_back)
        self.pay("ads_recontact", bought_back.orders * price)

    def open_the_door(self) -> None:
        """Some are customers from today on; the door stands open for friends, whose inviters may be rewarded."""
        brands, crowd = self.brands, self.crowd
        crowd.start_customers(brands.invites)
        crowd.open_door(brands.door_is_open(), brands.gift_cny, brands.gifts_affordable(), brands.upkeep_money > 0)
        self.earn("first_referred", "orders_first_referred", crowd.arrive_invited())
        self.pay("referral_rewards", brands.rewards_to_pay(crowd.referred_tiers), on_pool=True)

    def receive_visitors(self) -> None:
        """Passers-by, and those who found the brand's content or a member's post."""
        self.pay("content", self.brands.content_due)
        visitors = self.crowd.arrive_visitors(self.brands.visits_expected(self.day, self.books))
        self.earn("first_free", "orders_first_free", visitors)

    def give_gifts(self) -> None:
        """Gifts to visitors and friends who joined; what they cost."""
        self.gifts = self.crowd.gifts * self.brands.gift_micro
        self.pay("join_gifts", self.gifts, on_pool=True)

    def buy_clicks(self) -> None:
        """On the public square attention is rented with what is left."""
        brands, crowd, books = self.brands, self.crowd, self.books
        for_clicks = brands.ad_money(books.money_yesterday(self.day, "join_gifts") - self.gifts)
        self.ad_money = brands.less_cart_messages(for_clicks, self.square.clicks_offered)
        clicked, clicks, spent = crowd.arrive_clicked(self.square, self.ad_money)
        self.earn("first_paid", "orders_first_paid", clicked)
        self.pay("ads_new", spent + brands.cart_messages_due(clicks), on_new_customers=True)
        self.pay("join_gifts", crowd.gifts * brands.gift_micro - self.gifts, on_pool=True)
        books.count(self.day, "clicks", clicks)

    def close(self) -> None:
        """In the evening members talk, and everybody is counted."""
        self.brands.bonuses_due = self.crowd.bonuses
        self.square.close(self.ad_money)
        self.crowd.invite()
        self.books.count_all(self.day, self.crowd.census())
        self.books.buyers[:, self.day] = self.crowd.close_year()
        self.books.count(self.day, "click_price", self.square.click_price_micro)
        self.books.count(self.day, "clicks_offered", np.rint(self.square.clicks_offered))
