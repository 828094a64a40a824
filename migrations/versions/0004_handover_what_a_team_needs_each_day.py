"""handover: What a team needs each day"""

import sqlalchemy as sa
from alembic import op

revision = '0004'
down_revision = '0003'
branch_labels = None
depends_on = None

# What is checked of a question's state, and of a message's, before and after.
CASES = ('draft', 'new', 'claimed', 'answered', 'closed', 'dropped', 'deleted')
CASES_NOW = (
    'draft', 'new', 'claimed', 'waiting', 'answered', 'closed', 'handed_over', 'released', 'reopened',
    'dropped', 'deleted',
)
MESSAGES = ('received', 'held', 'sent', 'stopped', 'undone', 'failed')
MESSAGES_NOW = ('received', 'checking', 'held', 'sent', 'stopped', 'undone', 'failed')


def _states(batch_op, table, states) -> None:
    """Alembic sees no CHECK: it is changed by hand."""
    listed = ', '.join(f"'{state}'" for state in states)
    batch_op.drop_constraint(op.f(f'ck_{table}_state'), type_='check')
    batch_op.create_check_constraint(op.f(f'ck_{table}_state'), f'state IN ({listed})')


def upgrade() -> None:
    op.create_table('prompts',
    sa.Column('chat_id', sa.BigInteger(), autoincrement=False, nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('ref', sa.String(length=64), server_default='', nullable=False),
    sa.Column('until', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('chat_id', name=op.f('pk_prompts'))
    )
    with op.batch_alter_table('case_messages', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('checked_by', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.create_index(batch_op.f('ix_case_messages_checked_by'), ['checked_by'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_case_messages_checked_by'), 'people', ['checked_by'], ['id'], ondelete='SET NULL')
        _states(batch_op, 'case_messages', MESSAGES_NOW)

    with op.batch_alter_table('cases', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        batch_op.add_column(sa.Column('desk', sa.String(), server_default='infodesk', nullable=False))
        batch_op.add_column(sa.Column('needs', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('handed_to', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch_op.add_column(sa.Column('note', sa.Text(), server_default='', nullable=False))
        batch_op.add_column(sa.Column('deadline', sa.Date(), nullable=True))
        batch_op.add_column(sa.Column('phone', sa.String(), nullable=True))
        batch_op.add_column(sa.Column('source', sa.String(), server_default='chat', nullable=False))
        batch_op.add_column(sa.Column('told_later_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('warned_at', sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column('pinged', sa.SmallInteger(), server_default='0', nullable=False))
        batch_op.create_index(batch_op.f('ix_cases_handed_to'), ['handed_to'], unique=False)
        batch_op.create_foreign_key(batch_op.f('fk_cases_handed_to'), 'people', ['handed_to'], ['id'], ondelete='SET NULL')
        _states(batch_op, 'cases', CASES_NOW)

    with op.batch_alter_table('inboxes', schema=None) as batch_op:
        batch_op.alter_column('language', new_column_name='name')

    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.add_column(sa.Column('skills', sa.JSON(), server_default='[]', nullable=False))
        batch_op.add_column(sa.Column('is_on_call', sa.Boolean(), server_default=sa.false(), nullable=False))



def downgrade() -> None:
    with op.batch_alter_table('staff', schema=None) as batch_op:
        batch_op.drop_column('is_on_call')
        batch_op.drop_column('skills')

    with op.batch_alter_table('inboxes', schema=None) as batch_op:
        batch_op.alter_column('name', new_column_name='language')

    op.execute("UPDATE cases SET state = 'new' WHERE state IN ('handed_over', 'released')")
    op.execute("UPDATE cases SET state = 'claimed' WHERE state IN ('waiting', 'reopened')")
    op.execute("UPDATE case_messages SET state = 'stopped' WHERE state = 'checking'")
    with op.batch_alter_table('cases', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        _states(batch_op, 'cases', CASES)
        batch_op.drop_constraint(batch_op.f('fk_cases_handed_to'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_cases_handed_to'))
        batch_op.drop_column('pinged')
        batch_op.drop_column('warned_at')
        batch_op.drop_column('told_later_at')
        batch_op.drop_column('source')
        batch_op.drop_column('phone')
        batch_op.drop_column('deadline')
        batch_op.drop_column('note')
        batch_op.drop_column('handed_to')
        batch_op.drop_column('needs')
        batch_op.drop_column('desk')

    with op.batch_alter_table('case_messages', schema=None, table_kwargs={'sqlite_autoincrement': True}) as batch_op:
        _states(batch_op, 'case_messages', MESSAGES)
        batch_op.drop_constraint(batch_op.f('fk_case_messages_checked_by'), type_='foreignkey')
        batch_op.drop_index(batch_op.f('ix_case_messages_checked_by'))
        batch_op.drop_column('checked_by')

    op.drop_table('prompts')
